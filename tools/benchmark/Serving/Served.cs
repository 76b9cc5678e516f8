using Microsoft.Extensions.Hosting;

namespace SagaOrchestrator.Benchmarks.Serving;

/// <summary>What a process serves, from ready to the end.</summary>
internal sealed class Served(Func<Task> stop) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Served Of(IReadOnlyList<IHost> hosts) =>
        new(async () =>
        {
            await Task.WhenAll(hosts.Select(host => host.StopAsync()));
            foreach (var host in hosts)
            {
                host.Dispose();
            }
        });

    /// <summary>Several services in one process.</summary>
    public static Served All(IReadOnlyList<Served> services) =>
        new(() => Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask())));

    public async ValueTask DisposeAsync() => await stop();
}
