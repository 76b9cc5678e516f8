using SagaOrchestrator.Benchmarks.Driving;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>Transactions and messages so far, as the servers count them.</summary>
internal sealed record TrafficCounters(long OrchestratorTransactions, long ParticipantTransactions, long BrokerMessages)
{
    // Postgres's sessions tell their counts after ten idle seconds at the latest, the broker's channels every five.
    private const int Seconds = 11;

    public static async Task<TrafficCounters> Read(BenchServers servers, SystemUnderTest system) =>
        new(
            await Transactions(servers, BenchServers.OrchestratorDatabase),
            await Transactions(servers, BenchServers.ParticipantsDatabase),
            await servers.Broker.Published(BenchServers.HostOf(system))
        );

    /// <summary>Reads them when they have come in.</summary>
    public static async Task<TrafficCounters> Settled(BenchServers servers, SystemUnderTest system, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Seconds));
        await timer.WaitForNextTickAsync(cancellationToken);
        return await Read(servers, system);
    }

    private static Task<long> Transactions(BenchServers servers, string database) =>
        servers.Query<long>($"select xact_commit from pg_stat_database where datname = '{database}'");
}
