using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SagaOrchestrator.Host.Breakers;
using SagaOrchestrator.Host.Operations.OperateSaga;

namespace SagaOrchestrator.Host.Operations.Breakers;

/// <summary>What a breaker is set to, by whom and why.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BreakerRequest : OperatorRequest
{
    /// <summary><c>open</c>, <c>closed</c> or <c>automatic</c>.</summary>
    [AllowedValues(BreakerSetting.Open, BreakerSetting.Closed, BreakerSetting.Automatic)]
    public required string State { get; init; }
}
