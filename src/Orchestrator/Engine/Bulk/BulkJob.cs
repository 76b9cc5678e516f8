using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>How a bulk job stands.</summary>
public enum BulkState
{
    /// <summary>It goes on, on one node at a time. When that node dies, another one takes it over.</summary>
    Running,

    /// <summary>An operator has paused it.</summary>
    Paused,

    /// <summary>It has stopped by itself, because too many of its items did badly. An operator can resume it.</summary>
    Stopped,

    /// <summary>An operator has cancelled it. What was done stays done.</summary>
    Cancelled,

    /// <summary>Every item has its result.</summary>
    Finished,
}

/// <summary>A bulk job as it is to be.</summary>
/// <param name="Action">What is done to each item.</param>
/// <param name="Filter">The filter that its items were found with, by parameter, for people who read it.</param>
/// <param name="Note">Who wants it, and why. It stands beside each action.</param>
/// <param name="Pace">How fast.</param>
public sealed record BulkOrder(BulkAction Action, IReadOnlyDictionary<string, string> Filter, OperatorNote Note, BulkPace Pace);

/// <summary>A bulk job as it is.</summary>
public sealed record BulkJob
{
    /// <summary>The job.</summary>
    public required Guid Id { get; init; }

    /// <summary>What was ordered.</summary>
    public required BulkOrder Order { get; init; }

    /// <summary>UTC, on the database's clock, like every time here.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while it has not ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it stands.</summary>
    public required BulkState State { get; init; }

    /// <summary>Why it is paused, stopped or cancelled, and by whom; null otherwise.</summary>
    public string? StateReason { get; init; }

    /// <summary>How many items it has. They were fixed as it was created.</summary>
    public required int Total { get; init; }

    /// <summary>What became of its items until now.</summary>
    public BulkProgress Progress { get; init; } = new();
}

/// <summary>What became of a job's items until now.</summary>
public sealed record BulkProgress
{
    /// <summary>The action was carried out.</summary>
    public int Done { get; init; }

    /// <summary>The action was not possible as the saga stood. Nothing was changed.</summary>
    public int Refused { get; init; }

    /// <summary>The action failed. Nothing was changed.</summary>
    public int Failed { get; init; }

    /// <summary>Of those done: the saga has ended well, completed or with nothing of it left.</summary>
    public int Healed { get; init; }

    /// <summary>Of those done: the saga has ended, and effects of it are left.</summary>
    public int EndedOtherwise { get; init; }

    /// <summary>Of those done: the saga is parked.</summary>
    public int Parked { get; init; }

    /// <summary>Of those done: the saga is under way.</summary>
    public int UnderWay => Done - Healed - EndedOtherwise - Parked;
}
