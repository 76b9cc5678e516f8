namespace SagaOrchestrator.Engine.Alarms;

/// <summary>One look at everything that needs somebody. Nodes may look at once.</summary>
internal sealed class AlarmLook(IEnumerable<AlarmSource> sources, IAlarms alarms, ILogger<WatchAlarms> log)
{
    public async Task Look(CancellationToken cancellationToken)
    {
        var causes = new List<AlarmCause>();
        foreach (var source in sources)
        {
            causes.AddRange(await source.Look(cancellationToken));
        }

        foreach (var change in await alarms.Update(causes, cancellationToken))
        {
            Tell(change);
        }
    }

    private void Tell(AlarmChange change)
    {
        switch (change.What)
        {
            case AlarmLog.RaisedWord:
                AlarmLog.Raised(log, change.Kind, change.Subject, change.Detail);
                break;
            case AlarmLog.EscalatedWord:
                AlarmLog.Escalated(log, change.Kind, change.Subject, change.Detail);
                break;
            default:
                AlarmLog.Cleared(log, change.Kind, change.Subject);
                break;
        }
    }
}
