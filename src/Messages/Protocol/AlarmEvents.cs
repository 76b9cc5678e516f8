namespace SagaOrchestrator.Messages;

/// <summary>
/// Something needs somebody, or does not any more: what <c>GET /api/v1/alarms</c> lists. Published once for each change; whoever is
/// interested binds a queue.
/// </summary>
/// <remarks>Delivered at least once, and not always in order; <see cref="Position"/> identifies duplicates and gives the order.</remarks>
public abstract record AlarmEvent
{
    /// <summary>Counts what became of alarms, in the order of commits.</summary>
    public required long Position { get; init; }

    /// <summary>What it is about, for example <c>parked</c>, <c>breaker</c> or <c>condition</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Which one: a step and its code, a participant, a queue, a condition. One alarm of a kind stands for a subject.</summary>
    public required string Subject { get; init; }

    /// <summary>In sentences: how many, since when, and the next move.</summary>
    public required string Detail { get; init; }

    /// <summary>When it was raised, UTC, on the database's clock.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When this happened, on the same clock.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>An alarm was raised: somebody should look.</summary>
public sealed record AlarmRaised : AlarmEvent;

/// <summary>An alarm has stood for a quarter of an hour, and is critical now.</summary>
public sealed record AlarmEscalated : AlarmEvent;

/// <summary>An alarm's cause is gone.</summary>
public sealed record AlarmCleared : AlarmEvent;
