using MassTransit;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.MassTransitInMemory;

/// <summary>A saga; it is in memory and nowhere else.</summary>
internal sealed class OrderSaga : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public int CurrentState { get; set; }

    public Order Order { get; set; } = null!;

    /// <summary>How many steps are done and not undone.</summary>
    public int Done { get; set; }

    public string? Reference { get; set; }

    public StepRejected? Failure { get; set; }

    public List<string> Compensated { get; } = [];

    public Step Next => Steps.All[Done];

    public Step Last => Steps.All[Done - 1];
}
