using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Sagas whose participant is away. It stays away until the timer of each has fired, and comes back.</summary>
internal sealed class OutageFlood(FloodStage stage) : IFlood
{
    // Longer than the step's timeout.
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(45);

    public string Name => "outage";

    public IReadOnlyList<FloodMessage> Messages { get; } = stage.Draw.Starts("outage");

    // That so many orders come at once is not what is measured, but that so many wait.
    public async Task Prepare(CancellationToken cancellationToken)
    {
        stage.Installation.Nodes.Errands!.Leave();
        var before = await stage.Whereabouts.Errands();
        await stage.Sender.Send(Messages, cancellationToken);
        await Wait.Until(
            async () => await stage.Whereabouts.Errands() == before + Messages.Count,
            FloodOptions.Patience,
            cancellationToken
        );
    }

    public async Task Pour(CancellationToken cancellationToken)
    {
        await Wait.For(Absence, cancellationToken);
        stage.Journal.Write("back", ErrandPlan.Participant);
        stage.Installation.Nodes.Errands!.Return();
    }

    public async Task<bool> HasEnded() => await stage.Whereabouts.OpenErrands() == 0;

    public Task<string?> Disorder() => Task.FromResult<string?>(null);
}
