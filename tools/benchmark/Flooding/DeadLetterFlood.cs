using System.Text;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Bodies that are no JSON.</summary>
internal sealed record DeadLetterFlood() : Flood(Kind, Queues.Orchestrator, Fate.DeadLetter(DeadLetterReason.Malformed))
{
    public const string Kind = "dead-letters";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("This is no JSON.");

    public override Task<IReadOnlyList<FloodMessage>> Make(FloodStage stage, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FloodMessage>>([
            .. Enumerable.Range(0, stage.Options.Messages).Select(_ => FloodMessage.Of(id => ProductEnvelope.To(Queue, id, Body))),
        ]);
}
