namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Messages that have come back several times, for every queue. Most of them are innocent.</summary>
internal sealed class SuspectFlood(FloodStage stage) : IFlood
{
    public string Name => "suspects";

    public IReadOnlyList<FloodMessage> Messages { get; } = stage.Draw.Suspects();

    public Task Prepare(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Pour(CancellationToken cancellationToken) => stage.Sender.Send(Messages, cancellationToken);

    public Task<bool> HasEnded() => Task.FromResult(true);

    public Task<string?> Disorder() => Task.FromResult<string?>(null);
}
