using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>The committers that every commit test runs against, so that the double in memory cannot drift from Postgres.</summary>
public enum Kind
{
    Postgres,
    Memory,
}

internal sealed class Committers(EmptyDatabase? database, ICommitter committer, IOutboxStore store) : IAsyncDisposable
{
    /// <summary>A header's value that is not ASCII: two, three and four bytes, a quotation mark, a line end.</summary>
    public const string Note = "ä – 車 🚚 \"\\ \n";

    public ICommitter Committer => committer;

    public IOutboxStore Store => store;

    public EmptyDatabase? Database => database;

    public static async Task<Committers> Of(Kind kind)
    {
        if (kind == Kind.Memory)
        {
            var memory = new MemoryCommitter();
            return new Committers(null, memory, memory);
        }

        var database = await EmptyDatabase.Create();
        return new Committers(
            database,
            GroupCommitter.Start(database.Service, "orchestrator", new SagaGroupRows(OrchestratorNames.Default)),
            new PostgresOutboxStore(database.Source, "orchestrator")
        );
    }

    public static UnitOfWork Unit(Guid? messageId = null, params Guid[] sends)
    {
        var unit = new UnitOfWork(messageId is { } id ? new InboxEntry(id, "Test") : null);
        foreach (var send in sends)
        {
            unit.Add(
                new OutgoingMessage(
                    send,
                    "somewhere",
                    "application/json",
                    new Dictionary<string, string> { ["saga-id"] = "1", ["note"] = Note },
                    "{\"a\": \"ä\"}"u8.ToArray()
                )
            );
        }

        return unit;
    }

    /// <summary>Makes everything in the outbox overdue.</summary>
    public static Task LetTimePass(EmptyDatabase database) =>
        database.Query<int>(
            "update orchestrator.outbox set next_attempt_at = now(); update orchestrator.outbox_group set created_at = now() - interval "
                + "'6 seconds'; select 1"
        );

    public async ValueTask DisposeAsync()
    {
        if (committer is GroupCommitter groups)
        {
            await groups.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}

/// <summary>Work that does what a test wants.</summary>
internal sealed class TestWork(Func<CommitScope, Task> action) : IUnitWork
{
    public Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken) => action(scope);
}
