using SagaOrchestrator.Benchmarks.Driving;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Starts sagas that nobody answers, and waits until the orchestrator has taken in all of them.</summary>
internal static class Intake
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <returns>How many seconds it took, from the first to the last.</returns>
    public static async Task<double> Start(BenchServers servers, RunningSystem running, int sagas, bool fail, CancellationToken cancellationToken)
    {
        await running.Client.StartAll(sagas, fail, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await UnderWay(servers) < sagas)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BenchmarkFailure($"Only {await UnderWay(servers)} of {sagas} sagas are under way {Patience.TotalMinutes:0} minutes after they were started.");
        }

        return await servers.Query<double>(
            BenchServers.OrchestratorDatabase, "select extract(epoch from max(started_at) - min(started_at))::float8 from orchestrator.saga where ended_at is null");
    }

    private static Task<long> UnderWay(BenchServers servers) =>
        servers.Query<long>(BenchServers.OrchestratorDatabase, "select count(*) from orchestrator.saga where ended_at is null");
}
