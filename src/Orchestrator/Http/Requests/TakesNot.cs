namespace SagaOrchestrator.Http.Requests;

/// <summary>Of a route: it does not take these query parameters, although its handler would.</summary>
internal sealed class TakesNot(params string[] names)
{
    public IReadOnlyList<string> Names => names;
}
