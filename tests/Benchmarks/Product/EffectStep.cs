using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Steps;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>The steps of a participant, whatever they are called. The effect is one row.</summary>
internal sealed class EffectStep(string participant) : SagaStep<DoStep, UndoStep>
{
    private readonly string table = participant + ".effect";

    public override Task<StepOutcome> Do(DoStep command, CommitScope scope, CancellationToken cancellationToken)
    {
        if (Carrier.Rejects(command.Content))
        {
            return new StepOutcome.Rejected(Carrier.Code, Carrier.Reason);
        }

        var answer = command.Content.Answer();
        Insert(scope, command.Saga!, "do", answer);
        return new StepOutcome.Completed(new StepDone(answer));
    }

    public override Task<UndoOutcome> Undo(UndoStep command, CommitScope scope, CancellationToken cancellationToken)
    {
        Insert(scope, command.Saga!, "undo", command.OrderId);
        return new UndoOutcome.Completed();
    }

    private void Insert(CommitScope scope, CommandContext saga, string direction, string reference) =>
        ((PostgresScope)scope).Insert(table, ("saga_id", saga.SagaId), ("step", saga.Step), ("direction", direction), ("reference", reference));
}
