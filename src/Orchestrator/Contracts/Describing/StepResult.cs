using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Contracts.Describing;

/// <summary>What a step results in, as its plan declares it.</summary>
/// <param name="Name">Its name in documents.</param>
/// <param name="Step">The step.</param>
/// <param name="UsedBy">Whose answer it is, in words.</param>
/// <param name="Shape">What it may be.</param>
internal sealed record StepResult(string Name, PlanStep Step, string UsedBy, Shape Shape);
