using System.Diagnostics;

namespace SagaOrchestrator.Tests.Tls;

/// <summary>Programs that a test starts for servers of its own.</summary>
internal static class OwnTool
{
    public static async Task Run(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var process = Start(program, environment, arguments);
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {said}");
    }

    /// <summary>Starts one that goes on, and drops what it prints.</summary>
    public static Process Launch(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var process = Start(program, environment, arguments);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Process Start(string program, IReadOnlyDictionary<string, string>? environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }
}
