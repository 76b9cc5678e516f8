using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Participants.Services.Payments;

/// <summary>Bound from the configuration section <c>Payments</c>.</summary>
internal sealed record PaymentsOptions
{
    /// <summary>A charge above it is declined. In the charge's currency.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal CardLimit { get; init; } = 5000;

    /// <summary>How long to wait for the gateway before the outcome counts as unknown.</summary>
    [Range(typeof(TimeSpan), "1ms", "1h")]
    public TimeSpan GatewayPatience { get; init; } = TimeSpan.FromSeconds(2);
}
