using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>
/// Refuses to start where the tables are not there, or where a plan version with sagas under way is gone or changed (rule S32).
/// </summary>
internal sealed class CheckBeforeStart(NpgsqlDataSource database, OrchestratorNames names, PlanVersionCheck versions) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        Startup.WhenPossible(
            async () =>
            {
                await QuartzSchema.Check(database, names.Schema, cancellationToken);
                await versions.Run(cancellationToken);
            },
            cancellationToken
        );
}
