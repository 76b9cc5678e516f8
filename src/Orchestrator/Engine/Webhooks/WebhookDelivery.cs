namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>What a delivery tells of: the member <c>state</c> of its body.</summary>
public enum WebhookEvent
{
    /// <summary>A saga has completed.</summary>
    Completed,

    /// <summary>A saga has failed.</summary>
    Failed,

    /// <summary>A saga waits for an operator.</summary>
    Parked,

    /// <summary>An alarm was raised.</summary>
    Raised,

    /// <summary>An alarm has stood for so long that it is critical.</summary>
    Escalated,

    /// <summary>An alarm is over.</summary>
    Cleared,

    /// <summary>Nothing: somebody tries whether it arrives.</summary>
    Ping,
}

/// <summary>How a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its turn, or for the next attempt.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It was given up, and can be redelivered.</summary>
    Failed,
}

/// <summary>What a webhook is told once, and what came of it.</summary>
public sealed record WebhookDelivery
{
    /// <summary>Its place among all of the webhook.</summary>
    public required long Number { get; init; }

    /// <summary>What it tells of.</summary>
    public required WebhookEvent Event { get; init; }

    /// <summary>The saga; null when it tells of none.</summary>
    public Guid? SagaId { get; init; }

    /// <summary>What is posted, byte by byte the same at each attempt.</summary>
    public required string Body { get; init; }

    /// <summary>When what it tells of happened; UTC, on the database's clock, like every time here.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>How it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Whether an operator asked for it: it is sent beside the others, which do not wait for it.</summary>
    public bool IsApart { get; init; }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; init; }

    /// <summary>When the next attempt is due; of one that has ended, when its last was.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>After which time no further attempt is made.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    /// <summary>When the last attempt was made; null when there was none.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>What the receiver answered to it: an HTTP status. Null when nothing came.</summary>
    public int? Status { get; init; }

    /// <summary>Why that was no success, in a sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>When it was taken or given up; null while it waits.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
