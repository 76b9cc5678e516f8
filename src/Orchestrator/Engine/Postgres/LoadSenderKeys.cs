using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Senders;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Reads the keys that all nodes share to prove who sent a dead letter.</summary>
internal sealed class LoadSenderKeys(NpgsqlDataSource database, OrchestratorNames names, SenderProofs proofs) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        Startup.WhenPossible(async () => proofs.Use(await Read(cancellationToken)), cancellationToken);

    private async Task<IReadOnlyList<byte[]>> Read(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select key from {names.Schema}.sender_key order by id desc");
        return await command.Rows(rows => rows.GetFieldValue<byte[]>(0), cancellationToken);
    }
}
