using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Choreography.Payments;

/// <summary>Bound from the configuration section <c>Payments</c>.</summary>
internal sealed record PaymentsOptions
{
    /// <summary>A charge above it is declined. In the charge's currency.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal CardLimit { get; init; } = 5000;

    /// <summary>How long to wait for the gateway before the outcome counts as unknown.</summary>
    [Range(typeof(TimeSpan), "1ms", "1h")]
    public TimeSpan GatewayPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the gateway is asked before the charge is given up and refunded.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 3;

    public static PaymentsOptions Read(IConfiguration configuration) => configuration.Read<PaymentsOptions>("Payments");
}
