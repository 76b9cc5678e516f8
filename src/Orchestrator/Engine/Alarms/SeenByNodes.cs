namespace SagaOrchestrator.Engine.Alarms;

/// <summary>What at least one node sees that is alive: whichever node raises and clears alarms knows what the others see.</summary>
internal sealed class SeenByNodes(IAlarms alarms) : AlarmSource
{
    public override Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken) => alarms.Sights(cancellationToken);
}
