using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Steps;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>A step whose effect is one row.</summary>
internal sealed class EffectStep(Step step) : SagaStep<DoStep, UndoStep>
{
    private readonly string insert = $"insert into {step.Participant}.effect (saga_id, step, direction, reference) values ($1, $2, $3, $4)";

    public override async Task<StepOutcome> Do(DoStep command, CommitScope scope, CancellationToken cancellationToken)
    {
        if (Carrier.Rejects(command.Content))
        {
            return new StepOutcome.Rejected(Carrier.Code, Carrier.Reason);
        }

        var answer = command.Content.Answer();
        await Insert(scope, command.Saga!.SagaId, "do", answer, cancellationToken);
        return new StepOutcome.Completed(new StepDone(answer));
    }

    public override async Task<UndoOutcome> Undo(UndoStep command, CommitScope scope, CancellationToken cancellationToken)
    {
        await Insert(scope, command.Saga!.SagaId, "undo", command.OrderId, cancellationToken);
        return new UndoOutcome.Completed();
    }

    private async Task Insert(CommitScope scope, Guid saga, string direction, string reference, CancellationToken cancellationToken)
    {
        await using var command = ((PostgresScope)scope).Command(insert, saga, step.Name, direction, reference);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
