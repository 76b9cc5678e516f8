using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Benchmarks.Product.Secured;

/// <summary>The step that reads the marked values. Its effect is the same row.</summary>
internal sealed class SecuredStep(EffectStep effect) : StepHandler<DoFor, UndoStep>
{
    public override Task<StepOutcome> Do(DoFor command, StepContext context) =>
        command.Name.StartsWith("Name of ", StringComparison.Ordinal)
            ? effect.Do(new DoStep(command.Content), context)
            : throw new InvalidOperationException("The marked value did not come as it was sent.");

    public override Task<UndoOutcome> Undo(UndoStep command, StepContext context) => effect.Undo(command, context);
}
