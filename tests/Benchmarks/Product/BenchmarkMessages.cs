using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>Starts the saga.</summary>
internal sealed record StartBenchmark(Order Order);

/// <summary>Executes a step.</summary>
internal sealed record DoStep(StepContent Content) : SagaCommand;

/// <summary>Undoes it.</summary>
internal sealed record UndoStep(string OrderId) : SagaCommand;

/// <summary>What a step answers.</summary>
internal sealed record StepDone(string Reference);
