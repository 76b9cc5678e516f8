using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Verbs;
using SagaOrchestrator.Cli.Verbs.Acting;
using SagaOrchestrator.Cli.Verbs.Bulk;
using SagaOrchestrator.Cli.Verbs.DeadLetters;
using SagaOrchestrator.Cli.Verbs.Overview;
using SagaOrchestrator.Cli.Verbs.Plans;
using SagaOrchestrator.Cli.Verbs.Sagas;
using SagaOrchestrator.Cli.Verbs.Subjects;
using SagaOrchestrator.Cli.Verbs.Systems;
using SagaOrchestrator.Cli.Verbs.Webhooks;

namespace SagaOrchestrator.Cli;

/// <summary>The command <c>sagas</c> with all its verbs.</summary>
internal static class SagasCommand
{
    public static RootCommand Make()
    {
        var root = new RootCommand("Sees and operates sagas: a client of the orchestrator's REST API.")
        {
            LsVerb.Make(),
            ReadSagaVerbs.Show(),
            ReadSagaVerbs.Explain(),
            ReadSagaVerbs.History(),
            ReadSagaVerbs.Diagram(),
            StartVerbs.Start(),
            StartVerbs.Signal(),
            ActVerbs.Retry(),
            ActVerbs.Skip(),
            ActVerbs.Resolve(),
            ActVerbs.Pause(),
            ActVerbs.Resume(),
            ActVerbs.Extend(),
            ActVerbs.Cancel(),
            SubjectVerbs.Reveal(),
            SubjectVerbs.Forget(),
            SubjectVerbs.Key(),
            BulkVerbs.Make(),
            DeadLetterVerbs.Make(),
            AlarmVerbs.Alarms(),
            AlarmVerbs.Audit(),
            AuditorVerb.Make(),
            AlarmVerbs.Timers(),
            AlarmVerbs.Health(),
            PlanVerbs.Make(),
            ParticipantVerbs.Participants(),
            ParticipantVerbs.Types(),
            ParticipantVerbs.Breakers(),
            CountVerbs.Summary(),
            CountVerbs.Statistics(),
            CountVerbs.Failures(),
            FeedVerbs.Events(),
            FeedVerbs.Outcomes(),
            WebhookVerbs.Make(),
            GraphQlVerb.Make(),
            AboutVerbs.Contract(),
            AboutVerbs.Permissions(),
            AboutVerbs.Problems(),
            LoginVerbs.Login(),
            LoginVerbs.Logout(),
            ProfileVerbs.Make(),
            CompletionVerb.Make(),
        };
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        return root;
    }

    /// <summary>Runs what was typed.</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Make().Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(configuration);
        }

        foreach (var wrong in parsed.Errors)
        {
            await error.WriteLineAsync(Rendering.Clean.Line(wrong.Message));
        }

        await error.WriteLineAsync($"See: {Path(parsed.CommandResult.Command)} --help");
        return ExitCode.WrongUsage;
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "sagas";
}
