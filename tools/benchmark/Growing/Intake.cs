using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Starts sagas that nobody answers, and waits until the orchestrator has taken in all of them.</summary>
internal static class Intake
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <returns>How many seconds it took, from the first to the last.</returns>
    public static async Task<double> Start(
        BenchServers servers,
        RunningSystem running,
        int sagas,
        bool fail,
        CancellationToken cancellationToken
    )
    {
        await running.Client.StartAll(sagas, fail, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            while (await Sent(running) < sagas)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BenchmarkFailure(
                $"Only {await Sent(running)} of {sagas} sagas have sent their first command {Patience.TotalMinutes:0} minutes after they "
                    + $"were started."
            );
        }

        return await servers.Query<double>(
            BenchServers.OrchestratorDatabase,
            "select extract(epoch from max(started_at) - min(started_at))::float8 from orchestrator.saga where ended_at is null"
        );
    }

    // To ask the database would cost it something.
    private static Task<uint> Sent(RunningSystem running) => running.Client.Waiting(Steps.All[0].Participant);
}
