using SagaOrchestrator.Chaos.Processes;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>Every SIGKILL, for the report.</summary>
internal sealed class KillLog
{
    private readonly Lock gate = new();
    private readonly List<KillEntry> kills = [];

    public IReadOnlyList<KillEntry> Kills
    {
        get
        {
            lock (gate)
            {
                return [.. kills];
            }
        }
    }

    public void Add(TimeSpan at, ProcessKind kind, string name)
    {
        lock (gate)
        {
            kills.Add(new KillEntry(at, kind, name));
        }
    }
}

/// <summary>One SIGKILL.</summary>
/// <param name="At">On the journal's clock.</param>
/// <param name="Kind">Of what kind of process.</param>
/// <param name="Name">Which one.</param>
internal sealed record KillEntry(TimeSpan At, ProcessKind Kind, string Name);
