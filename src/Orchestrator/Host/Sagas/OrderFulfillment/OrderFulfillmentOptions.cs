namespace SagaOrchestrator.Host.Sagas.OrderFulfillment;

/// <summary>Times of the order saga. Bound from the configuration section <c>OrderFulfillment</c>.</summary>
internal sealed record OrderFulfillmentOptions
{
    /// <summary>How long each participant has for each reply.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a step is sent at most while its outcome is unknown.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a refund is tried before the saga is parked.</summary>
    public int CompensationAttempts { get; init; } = 8;
}
