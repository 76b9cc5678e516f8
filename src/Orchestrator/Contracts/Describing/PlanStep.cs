using System.Globalization;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts.Describing;

/// <summary>A step of a plan.</summary>
internal sealed record PlanStep(Plan Plan, StepDefinition Step)
{
    /// <summary>Its name among the steps of all plans.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Plan.Type}.v{Plan.Definition.Version}.{Step.Name}");

    /// <summary>Its participant; empty for a step that waits for a signal.</summary>
    public string Participant => Step.Participant;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Plan.Type} v{Plan.Definition.Version}, step {Step.Name}");

    /// <summary>What it sends; null when it sends nothing.</summary>
    public WireType? Command(Direction direction) => WireType.Of(Plan, Step.Name, direction);

    /// <summary>A direction as it is written in messages.</summary>
    public static string Word(Direction direction) => direction == Direction.Do ? "do" : "undo";

    /// <summary>Every step of some plans.</summary>
    public static IEnumerable<PlanStep> Of(IEnumerable<Plan> plans) =>
        plans.SelectMany(plan => plan.Definition.Steps.Select(step => new PlanStep(plan, step)));
}
