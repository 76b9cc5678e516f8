using SagaOrchestrator.Engine.Documents;
using SagaOrchestrator.Engine.Hosting;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Engine.Projection;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator;

/// <summary>What a host with an orchestrator can be asked for on its command line.</summary>
public static class SagaCommands
{
    /// <summary>
    /// Runs the host; or, when the first argument is a verb, does that and starts nothing. <c>topology</c> writes what broker and database
    /// must have for its plans; <c>participant add</c> gives them what a new participant needs; <c>migrate</c> applies the schema, with
    /// nothing but the connection string <c>Migrator</c>;
    /// <c>contract</c> writes what it and others send one another; <c>test-plans</c> checks plan documents and runs their
    /// scenarios; <c>rebuild-summaries</c> has what lists and searches read made anew:
    /// <code> dotnet run -- topology --format definitions > definitions.json dotnet run -- topology --format sql > roles.sql dotnet run
    /// -- migrate dotnet run -- contract --format asyncapi > asyncapi.json dotnet run -- rebuild-summaries
    /// </code>
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="args">The process's arguments.</param>
    /// <param name="run">Runs it; by itself until it is shut down, when left out.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunSagaCommands(this IHost host, string[] args, Func<Task<int>>? run = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        if (args is [TopologyCommand.Name, ..])
        {
            return TopologyCommand.Run(host.Services, args, Console.Out, Console.Error);
        }

        if (args is [ParticipantCommand.Name, ..])
        {
            return await new ParticipantCommand(host.Services, Console.Out, Console.Error).Run(args);
        }

        if (args is [ContractCommand.Name, ..])
        {
            return ContractCommand.Run(host.Services, args, Console.Out, Console.Error);
        }

        if (args is [TestPlansCommand.Name, .. var files])
        {
            return TestPlansCommand.Run(files, Console.Out, Console.Error);
        }

        if (args is [RebuildCommand.Name, ..])
        {
            return await RebuildCommand.Run(host.Services, Console.Out, Console.Error);
        }

        if (args is [SchemaMigration.Verb, ..])
        {
            return await MigrateCommand.Run(host.Services, Console.Out, Console.Error);
        }

        void Check() => host.Services.GetService<SchemaMigration>()?.CheckRuns();
        if (run is null)
        {
            return await HostRun.UntilShutdown(host, Check);
        }

        Check();
        return await run();
    }
}
