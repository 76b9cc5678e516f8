using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>One saga explained: in data, and in sentences.</summary>
public sealed record SagaExplanation
{
    /// <summary>The saga.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>The plan's name.</summary>
    public required string Type { get; init; }

    /// <summary>The plan version that it started with.</summary>
    public required int PlanVersion { get; init; }

    /// <summary>What the business calls it.</summary>
    public string? BusinessKey { get; init; }

    /// <summary>Where it stands.</summary>
    public required SagaState State { get; init; }

    /// <summary>The time for which this holds, on the database's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The trace in which it was started.</summary>
    public string? TraceId { get; init; }

    /// <summary>The whole in sentences, what matters most first.</summary>
    public required ImmutableArray<string> Sentences { get; init; }

    /// <summary>What it waits for. Never empty while it has not ended.</summary>
    public required ImmutableArray<WaitExplanation> WaitsFor { get; init; }

    /// <summary>The armed timers, the next one first.</summary>
    public required ImmutableArray<TimerExplanation> Timers { get; init; }

    /// <summary>Why compensation began; null when it did not.</summary>
    public Failure? ForwardError { get; init; }

    /// <summary>The last thing that went wrong while undoing.</summary>
    public Failure? CompensationError { get; init; }

    /// <summary>In the plan's order.</summary>
    public required ImmutableArray<StepExplanation> Steps { get; init; }

    /// <summary>What would be undone if it failed now; of one that fails, what is still to be undone.</summary>
    public required Unwinding IfItFailedNow { get; init; }

    /// <summary>How long it can take; null when it has ended.</summary>
    public LatestEnd? LatestEnd { get; init; }

    /// <summary>What can be done to it, and what cannot.</summary>
    public required ImmutableArray<MoveExplanation> Moves { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public Verdict? Verdict { get; init; }
}
