using System.Collections.Concurrent;

namespace SagaOrchestrator.Chaos.Load;

/// <summary>What the client asked for and was told, by business key: the other half of what is checked in the end.</summary>
internal sealed class StartHistory
{
    private readonly ConcurrentDictionary<string, Guid?> starts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> complaints = new();
    private int accepted;
    private int refusals;

    /// <summary>How many were accepted.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>Whether nobody waits for an answer.</summary>
    public bool IsSettled => Accepted == starts.Count;

    /// <summary>Business key to saga id; null where the client was never told.</summary>
    public IReadOnlyDictionary<string, Guid?> Starts => starts;

    /// <summary>When each was first asked for.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> AskedAt => asked;

    /// <summary>Answers that should not be.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>How often a start was answered with 429 or 503.</summary>
    public int Refusals => Volatile.Read(ref refusals);

    public void Asked(string key)
    {
        asked.TryAdd(key, DateTimeOffset.UtcNow);
        starts.TryAdd(key, null);
    }

    public void WasAccepted(string key, Guid saga)
    {
        if (starts.TryUpdate(key, saga, null))
        {
            Interlocked.Increment(ref accepted);
        }
        else if (starts[key] != saga)
        {
            Complain($"order {key} was answered with saga {starts[key]} first, then with {saga}");
        }
    }

    public void WasRefused() => Interlocked.Increment(ref refusals);

    /// <summary>Notes what became of a try that was not accepted.</summary>
    public void Heard(string key, string answer) => answers[key] = answer;

    /// <summary>What became of the last try that was not accepted.</summary>
    public string LastHeard(string key) => answers.GetValueOrDefault(key, "nothing");

    public void Complain(string what) => complaints.Enqueue(what);
}
