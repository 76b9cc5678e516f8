using System.Collections.Concurrent;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>Which participant was stopped, from when until when.</summary>
internal sealed class OutageLog
{
    private readonly ConcurrentQueue<Outage> outages = new();

    public IReadOnlyCollection<Outage> Outages => outages;

    public void Add(string participant, DateTimeOffset from, DateTimeOffset to) => outages.Enqueue(new Outage(participant, from, to));
}

/// <summary>A participant that was stopped on purpose, for long.</summary>
/// <param name="Participant">Which.</param>
/// <param name="From">When it had ended.</param>
/// <param name="To">When it was started again.</param>
internal sealed record Outage(string Participant, DateTimeOffset From, DateTimeOffset To);
