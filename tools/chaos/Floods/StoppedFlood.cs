using System.Globalization;
using SagaOrchestrator.Chaos.Nodes.Served.Errands;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Starts of a type that an operator has stopped. After a while it goes on.</summary>
internal sealed class StoppedFlood(FloodStage stage) : IFlood
{
    private static readonly TimeSpan Stop = TimeSpan.FromSeconds(30);

    // Each node looks every second at what operators have set.
    private static readonly TimeSpan UntilKnown = TimeSpan.FromSeconds(3);

    // What is due later was claimed: starts of a stopped type wait fifteen seconds.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private IReadOnlyList<Guid> promised = [];

    public string Name => "stopped";

    public IReadOnlyList<FloodMessage> Messages { get; } = stage.Draw.Starts("stopped");

    public async Task Prepare(CancellationToken cancellationToken)
    {
        await stage.Desk.Set("open", cancellationToken);
        await Wait.For(UntilKnown, cancellationToken);
    }

    public async Task Pour(CancellationToken cancellationToken)
    {
        await stage.Sender.Send(Messages, cancellationToken);
        await Wait.For(Stop, cancellationToken);
        var waiting = await stage.Whereabouts.Waiting("starts-stopped");
        stage.Journal.Write("waiting", string.Create(CultureInfo.InvariantCulture, $"{waiting} starts of {ErrandPlan.Name}, which go on"));
        await stage.Desk.Set("automatic", cancellationToken);
        await Wait.For(UntilKnown, cancellationToken);
        promised = await stage.Whereabouts.InOrder(LongestWait);
    }

    public async Task<bool> HasEnded() => await stage.Whereabouts.OpenErrands() == 0;

    public async Task<string?> Disorder()
    {
        var (nodes, furthest) = (
            stage.Installation.Nodes.Orchestrators.Count,
            ReturnOrder.Furthest(promised, await stage.Whereabouts.Handled(promised))
        );
        return furthest <= ReturnOrder.Most(nodes)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"of {promised.Count} starts one is {furthest} places from its own, and may be {ReturnOrder.Most(nodes)}"
            );
    }
}
