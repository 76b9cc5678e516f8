using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Server.Sagas.OrderFulfillment;

/// <summary>Times of the order saga. Bound from the configuration section <c>OrderFulfillment</c>.</summary>
internal sealed record OrderFulfillmentOptions
{
    /// <summary>How long each participant has for each reply.</summary>
    [Range(typeof(TimeSpan), "1ms", "30d")]
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a step is sent at most while its outcome is unknown.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles.</summary>
    [Range(typeof(TimeSpan), "0s", "1d")]
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a refund is tried before the saga is parked.</summary>
    [Range(1, 1000)]
    public int CompensationAttempts { get; init; } = 8;
}
