using Npgsql;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Sagas of the warm-up. A heartbeat of one of their steps is recorded, and changes nothing.</summary>
internal sealed class EndedSagas
{
    /// <summary>Whom the step was sent to, and from whom a heartbeat counts.</summary>
    public static readonly string Participant = Steps.All.Single(step => step.Name == Steps.Reserve).Participant;

    private const string Table = "public.benchmark_ended";

    private readonly IReadOnlyList<(Guid Id, Guid Key)> sagas;

    private EndedSagas(IReadOnlyList<(Guid Id, Guid Key)> sagas) => this.sagas = sagas;

    /// <summary>As many as are needed.</summary>
    public static async Task<EndedSagas> Read(FloodStage stage, CancellationToken cancellationToken)
    {
        await using var database = stage.Servers.Open(BenchServers.OrchestratorDatabase);
        await using var command = database.CreateCommand(
            """
            select id, coalesce(progress ->> 'commandKey', id::text)::uuid from orchestrator.saga where ended_at is not null
            order by started_at, id limit $1
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = stage.Options.Sagas });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var read = new List<(Guid, Guid)>();
        while (await row.ReadAsync(cancellationToken))
        {
            read.Add((row.GetGuid(0), row.GetGuid(1)));
        }

        return new EndedSagas(read);
    }

    /// <summary>The heartbeat with a number. Neighbours are for different sagas.</summary>
    public SagaStepProgressed Heartbeat(int number)
    {
        var (id, key) = sagas[number % sagas.Count];
        return new SagaStepProgressed
        {
            SagaId = id,
            Step = Steps.Reserve,
            CommandId = SagaIds.OfCommand(key, Steps.Reserve, Direction.Do),
            Attempt = 1,
        };
    }

    /// <summary>
    /// Has the database say that they are under way, in a plan version that no node knows. Of those that have ended no node needs the plan.
    /// </summary>
    public Task Reopen(BenchServers servers, CancellationToken cancellationToken) =>
        Execute(
            servers,
            $"""
            create table {Table} as select id, plan_version, state, progress, ended_at from orchestrator.saga
            where id in ('{string.Join("', '", sagas.Select(saga => saga.Id))}');
            update orchestrator.saga set plan_version = saga.plan_version + 1, state = 'Started', ended_at = null,
                progress = jsonb_set(saga.progress::jsonb, array['state'], '"started"')::json
            from {Table} as kept where kept.id = saga.id;
            """,
            cancellationToken
        );

    /// <summary>Has it say again what it said before.</summary>
    public static Task SetBack(BenchServers servers, CancellationToken cancellationToken) =>
        Execute(
            servers,
            $"""
            update orchestrator.saga set plan_version = kept.plan_version, state = kept.state, ended_at = kept.ended_at,
                progress = kept.progress
            from {Table} as kept where kept.id = saga.id;
            drop table {Table};
            """,
            cancellationToken
        );

    private static async Task Execute(BenchServers servers, string sql, CancellationToken cancellationToken)
    {
        await using var database = servers.Open(BenchServers.OrchestratorDatabase);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
