namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Replies and signals for sagas that do not exist.</summary>
internal sealed class OrphanFlood(FloodStage stage) : IFlood
{
    public string Name => "orphans";

    public IReadOnlyList<FloodMessage> Messages { get; } = stage.Draw.Orphans();

    public Task Prepare(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Pour(CancellationToken cancellationToken) => stage.Sender.Send(Messages, cancellationToken);

    public Task<bool> HasEnded() => Task.FromResult(true);

    public Task<string?> Disorder() => Task.FromResult<string?>(null);
}
