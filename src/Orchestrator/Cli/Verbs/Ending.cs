using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>Ends each verb with an exit code, and with words when it fails.</summary>
internal static class Ending
{
    public static async Task<int> Of(ParseResult parsed, Func<Screen, Task<int>> action)
    {
        var configuration = parsed.InvocationConfiguration;
        var screen = new Screen(
            configuration.Output,
            configuration.Error,
            parsed.GetValue(GlobalOptions.Json),
            !parsed.GetValue(GlobalOptions.NoColor) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        );
        try
        {
            return await action(screen);
        }
        catch (FailureException exception)
        {
            if (screen.IsJson && exception.Document is { } document)
            {
                screen.Raw(document);
            }

            screen.Note(exception.Message);
            if (exception.NextMove is { } move)
            {
                screen.Note(move);
            }

            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
