using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Participants.Hosting;

/// <summary>What a host with a participant can be asked for on its command line.</summary>
public static class ParticipantCommands
{
    /// <summary>
    /// Runs the host; or, when the first argument is the verb <c>migrate</c>, applies the participant's schema with nothing but the
    /// connection string <c>Migrator</c>, and starts nothing: <code>dotnet run -- migrate</code>
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="args">The process's arguments.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunParticipantCommands(this IHost host, string[] args)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        var migration = host.Services.GetService<SchemaMigration>();
        if (args is not [SchemaMigration.Verb, ..])
        {
            return await HostRun.UntilShutdown(host, () => migration?.CheckRuns());
        }

        try
        {
            await (migration ?? throw new InvalidOperationException("This host has no participant with a database.")).Apply(
                Console.Out,
                CancellationToken.None
            );
            return 0;
        }
        catch (Exception exception) when (HostRun.IsLack(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
    }
}
