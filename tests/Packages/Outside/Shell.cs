using System.Diagnostics;

namespace SagaOrchestrator.Packages.Tests.Outside;

/// <summary>Runs commands as a person would.</summary>
internal static class Shell
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it printed.</returns>
    public static Task<string> Run(string folder, string command, params string[] arguments) =>
        Run(folder, new Dictionary<string, string>(), command, arguments);

    /// <summary>The same, with more in its environment.</summary>
    public static async Task<string> Run(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string command,
        params string[] arguments
    )
    {
        using var process = Start(folder, command, arguments, environment);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var text = await output;
        process.ExitCode.ShouldBe(0, $"{command} {string.Join(' ', arguments)} in {folder}:{Environment.NewLine}{text}{await error}");
        return text;
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(
        string folder,
        string command,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // What this test run was started with is not the team's.
        foreach (
            var key in start
                .Environment.Keys.Where(key =>
                    key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || key is "CI" or "UseSharedCompilation"
                )
                .ToArray()
        )
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }
}
