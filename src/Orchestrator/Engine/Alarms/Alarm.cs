namespace SagaOrchestrator.Engine.Alarms;

/// <summary>How urgent an alarm is.</summary>
public enum AlarmLevel
{
    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>It has stood for a quarter of an hour.</summary>
    Critical,
}

/// <summary>Something that needs somebody. It is raised once, and clears itself when its cause is gone.</summary>
/// <param name="Kind">
/// What: <c>parked</c>, <c>condition</c>, <c>breaker</c>, <c>summaries-late</c>, <c>dead-letters</c>, <c>webhook</c> or
/// <c>audit</c>.
/// </param>
/// <param name="Subject">Which one: a step and its code, a condition, a participant, a queue.</param>
/// <param name="Detail">In sentences: how many, since when, and the next move.</param>
/// <param name="RaisedAt">UTC, on the database's clock, like every time here.</param>
/// <param name="Level">How urgent it is.</param>
/// <param name="ClearedAt">When its cause was gone; null while it stands.</param>
public sealed record Alarm(
    string Kind,
    string Subject,
    string Detail,
    DateTimeOffset RaisedAt,
    AlarmLevel Level,
    DateTimeOffset? ClearedAt
);
