using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Client;

/// <summary>Where the orchestrator's API is, and who calls it.</summary>
public sealed class SagaClientOptions
{
    /// <summary>The address under which the API is mapped, for example <c>https://sagas.example.com</c>.</summary>
    [Required]
    public Uri? Address { get; set; }

    /// <summary>An API key, as the orchestrator's administrator has given it out; null when a token is used, or nothing.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gives a bearer token for each call; null when a key is used, or nothing. It caches the token itself.</summary>
    public Func<CancellationToken, ValueTask<string>>? Token { get; set; }

    /// <summary>In whose name the client acts where the API knows no callers, as in development; null elsewhere.</summary>
    public string? By { get; set; }

    /// <summary>
    /// How long a call is repeated that the API could not take (no connection, 429, 503); one minute. Only calls that may be repeated are.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    internal string? Objection() =>
        Address is null ? "SagaClientOptions.Address is missing. Set it to the orchestrator's address, like https://sagas.example.com."
        : Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? $"SagaClientOptions.Address is '{Address}'. Set it to an address with http or https."
        : ApiKey is not null && Token is not null ? "SagaClientOptions has an ApiKey and a Token. Leave one of them out."
        : Patience < TimeSpan.Zero ? "SagaClientOptions.Patience is negative. Set it to zero to repeat nothing."
        : null;
}
