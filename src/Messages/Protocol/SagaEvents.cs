namespace SagaOrchestrator.Messages;

/// <summary>A saga reached an end or needs an operator. Published; whoever is interested binds a queue.</summary>
/// <remarks>Delivered at least once; <see cref="SagaId"/> identifies duplicates, because a saga ends once.</remarks>
public abstract record SagaEvent
{
    /// <summary>The saga.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>The plan's name, for example <c>order-fulfillment</c>.</summary>
    public required string SagaType { get; init; }

    /// <summary>What the business calls this saga, for example the order id. Unique per type.</summary>
    public required string BusinessKey { get; init; }

    /// <summary>When it happened, UTC, on the database's clock.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Every step completed.</summary>
public sealed record SagaCompleted : SagaEvent;

/// <summary>The saga failed and every effect is undone, in reverse order of start; but see <see cref="NotCompensated"/>.</summary>
public sealed record SagaFailed : SagaEvent
{
    /// <summary>The step that failed.</summary>
    public required string FailedStep { get; init; }

    /// <summary>The failure's stable word, for example <c>card_limit_exceeded</c> or <c>timeout</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The failure in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The steps that were undone, in the order of their undoing. Empty when the first step was rejected (rule S18).</summary>
    public required IReadOnlyList<string> Compensated { get; init; }

    /// <summary>Steps whose compensation an operator skipped; their effects may still be there. Usually empty.</summary>
    public IReadOnlyList<string> NotCompensated { get; init; } = [];
}

/// <summary>A compensation, or a step from the pivot on, could not be completed and the saga waits for an operator. Not an end.</summary>
/// <remarks>A saga can be parked several times; the message id identifies duplicates.</remarks>
public sealed record SagaParked : SagaEvent
{
    /// <summary>The step that is stuck, or whose compensation is.</summary>
    public required string Step { get; init; }

    /// <summary>The failure's stable word.</summary>
    public required string Code { get; init; }

    /// <summary>What went wrong and how often it was tried.</summary>
    public required string Reason { get; init; }
}
