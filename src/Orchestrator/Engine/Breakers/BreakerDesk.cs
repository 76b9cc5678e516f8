namespace SagaOrchestrator.Engine.Breakers;

/// <summary>
/// Where operators set breakers. When the caller has the answer, it is stored and holds on this node; on the others a second or so later.
/// </summary>
internal sealed class BreakerDesk(IBreakerSettings settings, BreakerWatch watch)
{
    public async Task Set(BreakerSetting setting, string? origin, CancellationToken cancellationToken)
    {
        await settings.Write(setting, origin, cancellationToken);
        await watch.Look(cancellationToken);
    }
}
