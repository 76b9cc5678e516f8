namespace SagaOrchestrator.Engine.Breakers;

/// <summary>Where operators set breakers. When the caller has the answer, it is stored and holds on this node; on the others a second or so later.</summary>
internal sealed class BreakerDesk(IBreakerSettings settings, BreakerWatch watch)
{
    public async Task Set(BreakerSetting setting, CancellationToken cancellationToken)
    {
        await settings.Write(setting, cancellationToken);
        await watch.Look(cancellationToken);
    }
}
