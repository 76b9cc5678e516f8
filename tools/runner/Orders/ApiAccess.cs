namespace SagaOrchestrator.Runner.Orders;

/// <summary>How the runner calls the API: with the key in its environment, where there is one. Arguments are seen by everybody.</summary>
internal static class ApiAccess
{
    public const string Variable = "SAGA_API_KEY";

    private const string Header = "X-Api-Key";

    public static HttpClient Open(Uri api)
    {
        var client = new HttpClient { BaseAddress = api };
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } key)
        {
            client.DefaultRequestHeaders.Add(Header, key);
        }

        return client;
    }

    /// <summary>Whether the API knows who calls. It then takes no other name.</summary>
    public static bool IsKnown(this HttpClient client) => client.DefaultRequestHeaders.Contains(Header);
}
