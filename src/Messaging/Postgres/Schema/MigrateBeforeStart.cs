namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>Brings a schema up to date before anything else of the host is started. Waits for a database that is not there yet.</summary>
/// <param name="connectionString">Connects as a role that may change tables.</param>
/// <param name="schema">The schema.</param>
/// <param name="role">The service's role, granted the use of the tables.</param>
/// <param name="scripts">The scripts, in order.</param>
public sealed class MigrateBeforeStart(string connectionString, string schema, string role, IReadOnlyList<SchemaScript> scripts)
    : BeforeStart
{
    /// <inheritdoc/>
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        Startup.WhenPossible(() => SchemaMigrator.Migrate(connectionString, schema, role, scripts, cancellationToken), cancellationToken);
}
