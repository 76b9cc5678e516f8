namespace SagaOrchestrator.Console.Api;

/// <summary>The connections to the API, which all pages share.</summary>
internal sealed class ApiConnections : IDisposable
{
    public HttpClient Http { get; } =
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false })
        {
            // Streams have no end; what has one is bounded by whoever asks.
            Timeout = Timeout.InfiniteTimeSpan,
        };

    public void Dispose() => Http.Dispose();
}
