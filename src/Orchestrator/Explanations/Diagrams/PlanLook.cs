using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Explaining;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Diagrams;

/// <summary>What a diagram shows of a plan: a saga of which no step has begun.</summary>
internal static class PlanLook
{
    public static string Title(PlanDefinition plan) => $"{plan.Type} version {Words.Number(plan.Version)}";

    public static SagaExplanation Of(PlanDefinition plan)
    {
        var accepted = DateTimeOffset.UnixEpoch;
        var progress = SagaProgress.New(Guid.Empty, commandKey: Guid.Empty, plan, accepted);
        var saga = SagaExplainer.Explain(new SagaFacts(plan, progress, accepted));
        return saga with { Sentences = [Sentence(plan)] };
    }

    private static string Sentence(PlanDefinition plan)
    {
        var steps = Words.Count(plan.Steps.Length, "step");
        var pivot = plan.Steps.FirstOrDefault(step => step.Kind == StepKind.Pivot);
        var undo = pivot is null ? string.Empty : $"; from {pivot.Name} on nothing is undone";
        var deadline = plan.Deadline is { } time ? $"; it gives up after {Words.Of(time)}" : string.Empty;
        return Words.Sentence(steps + undo + deadline);
    }
}
