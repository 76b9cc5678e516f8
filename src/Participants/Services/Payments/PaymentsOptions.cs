namespace SagaOrchestrator.Participants.Services.Payments;

/// <summary>Bound from the configuration section <c>Payments</c>.</summary>
internal sealed record PaymentsOptions
{
    /// <summary>A charge above it is declined. In the charge's currency.</summary>
    public decimal CardLimit { get; init; } = 5000;

    /// <summary>How long to wait for the gateway before the outcome counts as unknown.</summary>
    public TimeSpan GatewayPatience { get; init; } = TimeSpan.FromSeconds(2);
}
