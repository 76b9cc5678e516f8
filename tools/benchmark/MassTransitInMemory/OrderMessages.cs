using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.MassTransitInMemory;

// Public, because MassTransit takes messages that are not for temporary ones, whose exchanges are not durable.
public sealed record StartOrder(Guid SagaId, Order Order);

public sealed record DoStep(Guid SagaId, StepContent Content);

public sealed record UndoStep(Guid SagaId, string Step, string OrderId);

public sealed record StepDone(Guid SagaId, string Step, string Reference);

public sealed record StepRejected(Guid SagaId, string Step, string Code, string Reason);

public sealed record StepUndone(Guid SagaId, string Step);

public sealed record OrderCompleted(Guid SagaId, string OrderId);

public sealed record OrderFailed(
    Guid SagaId,
    string OrderId,
    string FailedStep,
    string Code,
    string Reason,
    IReadOnlyList<string> Compensated
);
