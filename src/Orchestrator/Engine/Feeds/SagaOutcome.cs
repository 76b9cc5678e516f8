namespace SagaOrchestrator.Engine.Feeds;

/// <summary>A saga that has ended. Each saga has one, and keeps it as long as the saga is kept.</summary>
public sealed record SagaOutcome
{
    /// <summary>Counts outcomes and other changes in the order of their commits: whoever has seen one has seen all before it.</summary>
    public required long Position { get; init; }

    /// <summary>The saga.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>The plan's name.</summary>
    public required string Type { get; init; }

    /// <summary>What the business calls it.</summary>
    public required string BusinessKey { get; init; }

    /// <summary>Completed or Failed.</summary>
    public required string State { get; init; }

    /// <summary>
    /// Completed, Undone or UndoneExcept, where effects are left. Null where no build that knew its plan has summed it up.
    /// </summary>
    public string? Verdict { get; init; }

    /// <summary>UTC, on the database's clock, like every time here.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The step for whose failure it was undone; null when it completed.</summary>
    public string? ErrorStep { get; init; }

    /// <summary>That failure's stable word.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>That failure in a sentence.</summary>
    public string? ErrorReason { get; init; }

    /// <summary>The columns that its plan declares, as a JSON object.</summary>
    public string Columns { get; init; } = "{}";
}
