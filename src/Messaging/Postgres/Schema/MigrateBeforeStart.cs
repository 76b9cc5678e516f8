using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>Brings a schema up to date before anything else of the host is started. Waits for a database that is not there yet.</summary>
/// <param name="migration">What is to be there, and a role that may change tables.</param>
public sealed class MigrateBeforeStart(SchemaMigration migration) : BeforeStart
{
    /// <inheritdoc/>
    public override Task StartingAsync(CancellationToken cancellationToken) => migration.Migrate(cancellationToken);
}
