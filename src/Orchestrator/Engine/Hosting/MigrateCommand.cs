using System.Data.Common;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>The verb <c>migrate</c> of a host's program: applies the orchestrator's schema, and starts nothing.</summary>
internal static class MigrateCommand
{
    public static async Task<int> Run(IServiceProvider services, TextWriter output, TextWriter errors)
    {
        if (services.GetService<SchemaMigration>() is not { } migration)
        {
            await errors.WriteLineAsync("This orchestrator keeps its sagas in memory, and has no schema to apply.");
            return 2;
        }

        try
        {
            await migration.Apply(output, CancellationToken.None);
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException)
        {
            await errors.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
    }
}
