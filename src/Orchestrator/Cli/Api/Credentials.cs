using System.Net.Http.Headers;

namespace SagaOrchestrator.Cli.Api;

/// <summary>By what the API knows the caller: a key, a token, or nothing.</summary>
internal abstract record Credentials
{
    /// <summary>Nobody says who he is.</summary>
    public sealed record None : Credentials
    {
        public override bool AreKnown => false;

        public override void Sign(HttpRequestMessage request) { }
    }

    /// <summary>The key of a machine.</summary>
    public sealed record Key(string Secret) : Credentials
    {
        public override void Sign(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation("X-Api-Key", Secret);

        public override string ToString() => nameof(Key);
    }

    /// <summary>A token of an issuer.</summary>
    public sealed record Token(string Secret) : Credentials
    {
        public override void Sign(HttpRequestMessage request) =>
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);

        public override string ToString() => nameof(Token);
    }

    /// <summary>Whether the API knows the caller by them, so that he acts in his own name.</summary>
    public virtual bool AreKnown => true;

    public abstract void Sign(HttpRequestMessage request);
}
