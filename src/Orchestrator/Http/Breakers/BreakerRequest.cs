using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Http.OperateSaga;

namespace SagaOrchestrator.Http.Breakers;

/// <summary>What a breaker is set to, by whom and why.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BreakerRequest : OperatorRequest
{
    /// <summary><c>open</c>, <c>closed</c> or <c>automatic</c>.</summary>
    [AllowedValues(BreakerSetting.Open, BreakerSetting.Closed, BreakerSetting.Automatic)]
    public required string State { get; init; }
}
