using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Checks the product's own tables: every saga is stored as ended, and no outbox holds a message.</summary>
internal static class StoredSagaCheck
{
    private const int Seconds = 30;

    /// <param name="servers">Where the tables are.</param>
    /// <param name="ledger">The sagas that were started.</param>
    /// <param name="others">How many completed ones there are besides.</param>
    /// <param name="cancellationToken">Ends the wait for the outboxes.</param>
    public static async Task Check(BenchServers servers, SagaLedger ledger, long others, CancellationToken cancellationToken)
    {
        var failed = ledger.CountFailing();
        var right = Text(ledger.Count - failed + others, failed, 0);
        var found = await servers.Query<string>(
            BenchServers.OrchestratorDatabase,
            """
            select count(*) filter (where state = 'Completed' and ended_at is not null) || ' Completed, '
                || count(*) filter (where state = 'Failed' and ended_at is not null) || ' Failed, '
                || count(*) filter (where state not in ('Completed', 'Failed') or ended_at is null) || ' under way'
            from orchestrator.saga
            """
        );
        if (found != right)
        {
            throw new BenchmarkFailure($"There should be {right} in the table of sagas, but there are {found}.");
        }

        await OutboxesEmpty(servers, cancellationToken);
    }

    private static string Text(long completed, long failed, long underWay) =>
        string.Create(null, $"{completed} Completed, {failed} Failed, {underWay} under way");

    // A row goes a moment after its message was confirmed.
    private static async Task OutboxesEmpty(BenchServers servers, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var second = 0; ; second++)
        {
            var left = await Left(servers);
            if (left == 0)
            {
                return;
            }

            if (second == Seconds)
            {
                throw new BenchmarkFailure($"The outboxes still hold {left} messages {Seconds} seconds after all sagas have ended.");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<long> Left(BenchServers servers)
    {
        var left = await servers.Query<long>(BenchServers.OrchestratorDatabase, $"select count(*) from {Roles.Orchestrator}.outbox");
        foreach (var participant in Steps.All.Select(step => step.Participant))
        {
            // Where no participant has ever run, there is no table.
            var exists = await servers.Query<bool>(
                BenchServers.ParticipantsDatabase,
                $"select to_regclass('{participant}.outbox') is not null"
            );
            left += exists ? await servers.Query<long>(BenchServers.ParticipantsDatabase, $"select count(*) from {participant}.outbox") : 0;
        }

        return left;
    }
}
