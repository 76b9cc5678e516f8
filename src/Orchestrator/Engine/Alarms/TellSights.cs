using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>On every node: says again and again what this node sees.</summary>
internal sealed class TellSights(IEnumerable<NodeAlarmSource> sources, IAlarms alarms, TimeProvider clock, ILogger<WatchAlarms> log)
    : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private readonly Guid node = Guid.NewGuid();
    private bool hasTold;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(
            Tell,
            exception => AlarmLog.NotWatched(log, exception.Message),
            WatchAlarms.Recurring.Every,
            stoppingToken,
            First,
            clock
        );

    // A node that sees nothing, and saw nothing before, has nothing to say.
    private async Task Tell(CancellationToken cancellationToken)
    {
        AlarmCause[] seen = [.. sources.SelectMany(source => source.Look())];
        if (seen.Length > 0 || hasTold)
        {
            hasTold = true;
            await alarms.See(node, seen, cancellationToken);
            hasTold = seen.Length > 0;
        }
    }
}
