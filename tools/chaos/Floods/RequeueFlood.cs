using System.Globalization;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>
/// Signals for sagas of a version that only an orchestrator of the next build knows. It is away, and comes back after a while.
/// </summary>
internal sealed class RequeueFlood(FloodStage stage) : IFlood
{
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(30);

    public string Name => "requeues";

    public IReadOnlyList<FloodMessage> Messages { get; private set; } = [];

    public async Task Prepare(CancellationToken cancellationToken)
    {
        var keys = Enumerable
            .Range(0, Math.Max(1, stage.Options.Size / FloodDraw.ForOneSaga))
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"next-{number}"));
        Messages = stage.Draw.Requeues(await stage.Desk.StartAtNextBuild(keys, cancellationToken));
    }

    public async Task Pour(CancellationToken cancellationToken)
    {
        await stage.Sender.Send(Messages, cancellationToken);
        await Wait.For(Absence, cancellationToken);
        var waiting = await stage.Whereabouts.Waiting("another-build");
        stage.Journal.Write("waiting", string.Create(CultureInfo.InvariantCulture, $"{waiting} for another build, which comes back"));
        stage.Installation.Nodes.NextBuild!.Return();
    }

    public async Task<bool> HasEnded()
    {
        if (await stage.Whereabouts.OpenErrands() > 0)
        {
            return false;
        }

        stage.Installation.Nodes.NextBuild!.Leave();
        return true;
    }

    // A message goes to whichever node is next, and only one of them knows the version.
    public Task<string?> Disorder() => Task.FromResult<string?>(null);
}
