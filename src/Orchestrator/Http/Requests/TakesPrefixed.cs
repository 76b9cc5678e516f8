namespace SagaOrchestrator.Http.Requests;

/// <summary>Of a route: it takes query parameters whose names begin so, beside those of its handler.</summary>
/// <param name="Prefix">How they begin; more must follow.</param>
internal sealed record TakesPrefixed(string Prefix)
{
    public bool Takes(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length;
}
