using System.Diagnostics;

namespace SagaOrchestrator.Chaos.Processes;

/// <summary>A process that this driver starts, and may kill, pause and start again. It is known by its id only.</summary>
internal sealed class OwnedProcess(string name, ProcessKind kind, string log, Func<ProcessCommand> command) : IAsyncDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(45);

    // Faults, the supervisor and the checks look at it from their own threads.
    private readonly Lock gate = new();
    private readonly List<Process> former = [];
    private Process? process;
    private bool isWanted;

    public string Name { get; } = name;

    public ProcessKind Kind { get; } = kind;

    public string Log { get; } = log;

    public bool IsUp => Current is { HasExited: false };

    public int Id => Current?.Id ?? throw new InvalidOperationException($"{Name} was never started.");

    /// <summary>The status it ended with by itself or was made to end with; null while it is up.</summary>
    public int? ExitStatus => Current is { HasExited: true } ended ? ended.ExitCode : null;

    private Process? Current
    {
        get
        {
            lock (gate)
            {
                return process;
            }
        }
    }

    public void Start()
    {
        lock (gate)
        {
            Launch();
            isWanted = true;
        }
    }

    /// <summary>Starts it again when it has ended by itself.</summary>
    /// <returns>The status it had ended with; null when it had not.</returns>
    public int? StartIfEnded()
    {
        lock (gate)
        {
            if (!isWanted || process is not { HasExited: true } ended)
            {
                return null;
            }

            Launch();
            return ended.ExitCode;
        }
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task Kill()
    {
        if (Unwanted() is { } victim)
        {
            Signals.Send(victim.Id, Signals.Kill);
            await victim.WaitForExitAsync();
        }
    }

    public void Pause() => Signals.Send(Id, Signals.Stop);

    public void Resume() => Signals.Send(Id, Signals.Continue);

    /// <summary>SIGTERM, and waits; SIGKILL when it does not end.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> Terminate()
    {
        if (Unwanted() is not { HasExited: false } asked)
        {
            return true;
        }

        Signals.Send(asked.Id, Signals.Terminate);
        using var limit = new CancellationTokenSource(TimeToEnd);
        try
        {
            await asked.WaitForExitAsync(limit.Token);
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

        former.ForEach(ended => ended.Dispose());
        process?.Dispose();
    }

    private void Launch()
    {
        if (process is not null)
        {
            former.Add(process);
        }

        var (program, arguments, environment) = command();
        // The shell only sends the output to the file, and becomes the program: the id stays.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Log, program, .. arguments])
        {
            UseShellExecute = false,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        process = Process.Start(start);
    }

    private Process? Unwanted()
    {
        lock (gate)
        {
            isWanted = false;
            return process;
        }
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
