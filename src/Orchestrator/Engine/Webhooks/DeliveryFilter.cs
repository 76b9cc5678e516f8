namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>Which deliveries of a webhook. Pings are never among them.</summary>
public sealed record DeliveryFilter
{
    /// <summary>The cause of those whose receiver answered nothing.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>How many there are at most: of a webhook the newest 10,000 are kept.</summary>
    public const int Most = 10_000;

    /// <summary>Only of what happened then or later; UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only of what happened before; UTC.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only those whose last attempt was answered with this HTTP status, or <see cref="NoAnswer"/>.</summary>
    public string? Cause { get; init; }

    /// <summary>How many, the oldest first.</summary>
    public int Limit { get; init; } = Most;
}

/// <summary>What became of many deliveries.</summary>
/// <param name="Matching">How many the filter found, without its limit.</param>
/// <param name="Changed">How many of them were changed.</param>
public sealed record ChangedDeliveries(int Matching, int Changed);
