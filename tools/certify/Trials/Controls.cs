using System.Diagnostics;

namespace SagaOrchestrator.Certify.Trials;

/// <summary>What the team gives to end and begin its participant; each is null when it has given nothing.</summary>
/// <param name="Restart">Kills it and starts it again.</param>
/// <param name="Stop">Asks it to end, and returns once it has.</param>
/// <param name="Start">Starts it.</param>
internal sealed record Controls(
    Func<CancellationToken, Task>? Restart = null,
    Func<CancellationToken, Task>? Stop = null,
    Func<CancellationToken, Task>? Start = null
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A command of the shell.</summary>
    /// <param name="option">The option that gives it.</param>
    /// <param name="command">It; null for none.</param>
    public static Func<CancellationToken, Task>? Shell(string option, string? command) =>
        command is null ? null : cancellationToken => Run(option, command, cancellationToken);

    private static async Task Run(string option, string command, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false })!;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new RuleBrokenException($"The command of {option} did not end within {Patience.TotalSeconds:0} s: {command}");
        }

        if (process.ExitCode != 0)
        {
            throw new RuleBrokenException($"The command of {option} ended with the status {process.ExitCode}: {command}");
        }
    }
}
