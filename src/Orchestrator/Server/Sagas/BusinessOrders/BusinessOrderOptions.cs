using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Server.Sagas.BusinessOrders;

/// <summary>Times and limits of the business-order saga. Bound from the configuration section <c>BusinessOrders</c>.</summary>
internal sealed record BusinessOrderOptions
{
    /// <summary>How long each participant has for each reply.</summary>
    [Range(typeof(TimeSpan), "1ms", "30d")]
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a step is sent, or the payment enquired, at most while its outcome is unknown.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles.</summary>
    [Range(typeof(TimeSpan), "0s", "1d")]
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Orders of this total and more wait for an approval.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal ApprovalFrom { get; init; } = 1000;

    /// <summary>How long to wait for it.</summary>
    [Range(typeof(TimeSpan), "1ms", "3650d")]
    public TimeSpan ApprovalWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>An order that has not been paid by then is given up.</summary>
    [Range(typeof(TimeSpan), "1ms", "3650d")]
    public TimeSpan GivesUpAfter { get; init; } = TimeSpan.FromDays(30);
}
