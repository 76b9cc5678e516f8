using Microsoft.Extensions.Logging;
using Npgsql;
using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>Refuses to start on a schema that is older than the program. Waits for a database that is not there yet.</summary>
/// <param name="database">Connects as the service's own role.</param>
/// <param name="migration">What the program needs.</param>
/// <param name="log">Where it is told that a newer program was here.</param>
public sealed class SchemaBeforeStart(NpgsqlDataSource database, SchemaMigration migration, ILogger<SchemaBeforeStart> log) : BeforeStart
{
    /// <inheritdoc/>
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        migration.CheckRuns();
        return Startup.WhenPossible(
            async () =>
            {
                var newer = await SchemaCheck.Run(database, migration.Schema, migration.Scripts, cancellationToken);
                if (newer.Count > 0)
                {
                    SchemaLog.Newer(log, migration.Schema, string.Join(", ", newer));
                }
            },
            cancellationToken
        );
    }
}
