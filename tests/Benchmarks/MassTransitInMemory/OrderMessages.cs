using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.MassTransitInMemory;

internal sealed record StartOrder(Guid SagaId, Order Order);

internal sealed record DoStep(Guid SagaId, StepContent Content);

internal sealed record UndoStep(Guid SagaId, string Step, string OrderId);

internal sealed record StepDone(Guid SagaId, string Step, string Reference);

internal sealed record StepRejected(Guid SagaId, string Step, string Code, string Reason);

internal sealed record StepUndone(Guid SagaId, string Step);

internal sealed record OrderCompleted(Guid SagaId, string OrderId);

internal sealed record OrderFailed(Guid SagaId, string OrderId, string FailedStep, string Code, string Reason, IReadOnlyList<string> Compensated);
