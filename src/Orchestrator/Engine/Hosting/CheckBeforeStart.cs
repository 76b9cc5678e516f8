using Npgsql;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>Refuses to start where the tables are not there, or where a plan version with sagas under way is gone or changed (rule S32).</summary>
internal sealed class CheckBeforeStart(NpgsqlDataSource database, PlanVersionCheck versions) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Startup.WhenPossible(
        async () =>
        {
            await QuartzSchema.Check(database, PostgresSagaStore.Schema, cancellationToken);
            await versions.Run(cancellationToken);
        },
        cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
