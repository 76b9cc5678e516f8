using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Steps;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>A step whose effect is one row.</summary>
internal sealed class EffectStep(Step step) : SagaStep<DoStep, UndoStep>
{
    private readonly string table = step.Participant + ".effect";

    public override Task<StepOutcome> Do(DoStep command, CommitScope scope, CancellationToken cancellationToken)
    {
        if (Carrier.Rejects(command.Content))
        {
            return new StepOutcome.Rejected(Carrier.Code, Carrier.Reason);
        }

        var answer = command.Content.Answer();
        Insert(scope, command.Saga!.SagaId, "do", answer);
        return new StepOutcome.Completed(new StepDone(answer));
    }

    public override Task<UndoOutcome> Undo(UndoStep command, CommitScope scope, CancellationToken cancellationToken)
    {
        Insert(scope, command.Saga!.SagaId, "undo", command.OrderId);
        return new UndoOutcome.Completed();
    }

    private void Insert(CommitScope scope, Guid saga, string direction, string reference) =>
        ((PostgresScope)scope).Insert(table, ("saga_id", saga), ("step", step.Name), ("direction", direction), ("reference", reference));
}
