using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Writes what became of alarms, and publishes it with the same transaction.</summary>
internal sealed class AlarmWrite(Func<PostgresScope, Task<IReadOnlyList<AlarmChange>>> write) : IUnitWork
{
    public bool NeedsTransaction => true;

    public IReadOnlyList<AlarmChange> Changes { get; private set; } = [];

    public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
    {
        Changes = await write((PostgresScope)scope);
        foreach (var change in Changes)
        {
            AlarmPublisher.Publish(unit, change);
        }
    }
}
