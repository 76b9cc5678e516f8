using SagaOrchestrator.Host.Breakers;
using SagaOrchestrator.Host.Operations.OperateSaga;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Operations.Breakers;

/// <summary>What a breaker is set to, by whom and why.</summary>
internal sealed record BreakerRequest : OperatorRequest
{
    /// <summary><c>open</c>, <c>closed</c> or <c>automatic</c>.</summary>
    public string? State { get; init; }

    public IEnumerable<FieldError> Check() => State is BreakerSetting.Open or BreakerSetting.Closed or BreakerSetting.Automatic
        ? CheckWho()
        : CheckWho().Append(new FieldError("state", $"Say '{BreakerSetting.Open}', '{BreakerSetting.Closed}' or '{BreakerSetting.Automatic}'."));
}
