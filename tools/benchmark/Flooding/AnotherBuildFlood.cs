using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Messages for sagas of a plan version that no node has, until the database says again what they are.</summary>
internal sealed record AnotherBuildFlood() : Flood(Kind, Queues.Orchestrator, Fate.Handled)
{
    public const string Kind = "another-build";

    public override bool Waits => true;

    public override string Sender => EndedSagas.Participant;

    public override async Task<IReadOnlyList<FloodMessage>> Make(FloodStage stage, CancellationToken cancellationToken)
    {
        var sagas = await EndedSagas.Read(stage, cancellationToken);
        await sagas.Reopen(stage.Servers, cancellationToken);
        return Many(stage.Options.Messages, Queue, sagas.Heartbeat);
    }

    public override Task BringBack(FloodStage stage, CancellationToken cancellationToken) =>
        EndedSagas.SetBack(stage.Servers, cancellationToken);
}
