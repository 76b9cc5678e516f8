using SagaOrchestrator.Engine.Projection;
using SagaOrchestrator.Engine.Topology;

namespace SagaOrchestrator;

/// <summary>What a host with an orchestrator can be asked for on its command line.</summary>
public static class SagaCommands
{
    /// <summary>
    /// Runs the host; or, when the first argument is a verb, does that and starts nothing. <c>topology</c> writes what broker and database
    /// must have for its plans; <c>rebuild-summaries</c> has what lists and searches read made anew:
    /// <code> dotnet run -- topology --format definitions > definitions.json dotnet run -- topology --format sql > roles.sql dotnet run
    /// -- rebuild-summaries
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

        if (args is [RebuildCommand.Name, ..])
        {
            return await RebuildCommand.Run(host.Services, Console.Out, Console.Error);
        }

        if (run is not null)
        {
            return await run();
        }

        await host.RunAsync();
        return Environment.ExitCode;
    }
}
