using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>The steps of a participant, whatever they are called. The effect is one row.</summary>
internal sealed class EffectStep(string participant) : StepHandler<DoStep, UndoStep>
{
    private readonly string table = participant + ".effect";

    public override Task<StepOutcome> Do(DoStep command, StepContext context)
    {
        if (Carrier.Rejects(command.Content))
        {
            return new StepOutcome.Rejected(Carrier.Code, Carrier.Reason);
        }

        var answer = command.Content.Answer();
        Insert(context, "do", answer);
        return new StepOutcome.Completed(new StepDone(answer));
    }

    public override Task<UndoOutcome> Undo(UndoStep command, StepContext context)
    {
        Insert(context, "undo", command.OrderId);
        return new UndoOutcome.Completed();
    }

    private void Insert(StepContext context, string direction, string reference) =>
        context.Database.Insert(
            table,
            ("saga_id", context.SagaId),
            ("step", context.Step),
            ("direction", direction),
            ("reference", reference)
        );
}
