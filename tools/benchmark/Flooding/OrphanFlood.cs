using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Replies for sagas that do not exist.</summary>
internal sealed record OrphanFlood() : Flood(Kind, Queues.Orchestrator, Fate.DeadLetter(DeadLetterReason.Orphan))
{
    public const string Kind = "orphans";

    public override Task<IReadOnlyList<FloodMessage>> Make(FloodStage stage, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FloodMessage>>(
            Many(
                stage.Options.Messages,
                Queue,
                _ => new SagaStepCompleted
                {
                    SagaId = Guid.CreateVersion7(),
                    Step = Steps.Reserve,
                    CommandId = Guid.CreateVersion7(),
                    Attempt = 1,
                }
            )
        );
}
