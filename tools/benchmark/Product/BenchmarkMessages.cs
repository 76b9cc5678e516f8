using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>Starts the saga.</summary>
public sealed record StartBenchmark(Order Order);

/// <summary>Executes a step.</summary>
public sealed record DoStep(StepContent Content) : SagaCommand;

/// <summary>Undoes it.</summary>
public sealed record UndoStep(string OrderId) : SagaCommand;

/// <summary>Executes a step that needs something that may be away.</summary>
public sealed record DoWhenBack : SagaCommand;

/// <summary>What a step answers.</summary>
public sealed record StepDone(string Reference);
