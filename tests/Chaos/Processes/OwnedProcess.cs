using System.Diagnostics;

namespace SagaOrchestrator.Chaos.Processes;

/// <summary>A process that this driver starts, and may kill, pause and start again. It is known by its id only.</summary>
internal sealed class OwnedProcess(string name, ProcessKind kind, string log, Func<ProcessCommand> command) : IAsyncDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(45);
    private Process? process;

    public string Name { get; } = name;

    public ProcessKind Kind { get; } = kind;

    public string Log { get; } = log;

    /// <summary>Whether somebody is to start it again when it ends.</summary>
    public bool IsWanted { get; private set; }

    public bool IsUp => process is { HasExited: false };

    public int Id => process?.Id ?? throw new InvalidOperationException($"{Name} was never started.");

    /// <summary>The status it ended with by itself or was made to end with; null while it is up.</summary>
    public int? ExitStatus => process is { HasExited: true } ended ? ended.ExitCode : null;

    public void Start()
    {
        IsWanted = true;
        process?.Dispose();
        var (program, arguments, environment) = command();
        // The shell only sends the output to the file, and becomes the program: the id stays.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Log, program, .. arguments]) { UseShellExecute = false };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        process = Process.Start(start);
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task Kill()
    {
        IsWanted = false;
        if (process is not null)
        {
            Signals.Send(process.Id, Signals.Kill);
            await process.WaitForExitAsync();
        }
    }

    public void Pause() => Signals.Send(Id, Signals.Stop);

    public void Resume() => Signals.Send(Id, Signals.Continue);

    /// <summary>SIGTERM, and waits; SIGKILL when it does not end.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> Terminate()
    {
        IsWanted = false;
        if (process is null or { HasExited: true })
        {
            return true;
        }

        Signals.Send(process.Id, Signals.Terminate);
        using var limit = new CancellationTokenSource(TimeToEnd);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            await Kill();
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUp)
        {
            Resume();
            await Kill();
        }

        process?.Dispose();
    }
}

/// <summary>What a process is: kills are counted by it.</summary>
internal enum ProcessKind
{
    Orchestrator,
    Participant,
    Postgres,
    Broker,
}

/// <summary>How a process is started.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">What its environment has beside the driver's.</param>
internal sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
