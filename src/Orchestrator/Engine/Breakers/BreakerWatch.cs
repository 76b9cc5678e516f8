using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>Looks at the participants' queues and at what operators have set, every second or so, and never on the hot path.</summary>
internal sealed class BreakerWatch(
    ParticipantBreakers breakers,
    IBreakerSettings settings,
    QueueMonitor queues,
    BreakerOptions options,
    TimeProvider clock,
    ILogger<BreakerWatch> log
) : BackgroundService
{
    private readonly SemaphoreSlim turn = new(1);
    private IReadOnlyList<BreakerSetting> known = [];
    private bool isBlind;

    /// <summary>Looks now.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var counts = await Counts(cancellationToken);
            await ReadSettings(cancellationToken);
            foreach (var changed in breakers.Look(clock.GetUtcNow(), counts, known))
            {
                Tell(changed);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(
            Look,
            exception => BreakerLog.SettingsNotRead(log, exception.Message),
            options.Every,
            stoppingToken,
            TimeSpan.FromMilliseconds(100),
            clock
        );

    private async Task<Dictionary<string, QueueCounts?>> Counts(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, QueueCounts?>(StringComparer.Ordinal);
        foreach (var name in breakers.Names)
        {
            if (await queues.Look(name, cancellationToken) is not { } found)
            {
                // The broker does not answer, and will not for the others either.
                break;
            }

            counts[name] = found;
        }

        return counts;
    }

    // Without a database what was set last holds on.
    private async Task ReadSettings(CancellationToken cancellationToken)
    {
        try
        {
            known = await settings.Read(cancellationToken);
            isBlind = false;
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            if (!isBlind)
            {
                BreakerLog.SettingsNotRead(log, exception.Message);
            }

            isBlind = true;
        }
    }

    private void Tell(BreakerStatus breaker)
    {
        if (breaker.State == BreakerState.Closed)
        {
            BreakerLog.Closed(log, breaker.Participant, breaker.Reason ?? "It is there.");
        }
        else
        {
            BreakerLog.Open(log, breaker.Participant, breaker.State, breaker.Reason!);
        }
    }
}
