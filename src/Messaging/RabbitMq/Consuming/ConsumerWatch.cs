using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>
/// Closes a connection whose consumer is served nothing although its queue has messages. After a node of the broker was paused or cut off,
/// a consumer on a healthy connection can be forgotten; a new connection cures it. When three do not, or when the bus does not leave a
/// connection that is gone, the process ends, so that whoever started it restarts it.
/// </summary>
/// <remarks>
/// What a quorum queue delivers to a channel on another node can be lost on the way. Then the queue takes the messages for delivered, tells
/// nobody that they wait, and serves the consumer nothing more when its prefetch is used up. So an idle connection is closed and opened
/// again too, less and less often.
/// </remarks>
internal sealed class ConsumerWatch(
    ServiceEndpoint endpoint,
    Deliveries deliveries,
    BusConnection connection,
    BusSockets sockets,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<ConsumerWatch> log
) : BackgroundService
{
    private const int MostBreaks = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // The bus tries to connect again within three.
    private static readonly TimeSpan PatienceWithTheBus = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var depth = new QueueMonitor(connection, endpoint.Queue);
        var (stalled, stuck, idle) = (
            new StallRule(connection.StallPatience),
            new StallRule(PatienceWithTheBus),
            new IdleRule(connection.StallPatience)
        );
        var (began, breaks, opened) = (clock.GetTimestamp(), 0, sockets.Opened);
        var served = deliveries.Begun;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isServed = deliveries.Begun != served;
            (served, breaks) = (deliveries.Begun, isServed ? 0 : breaks);
            var isStarved = !isServed && deliveries.UnderWay < endpoint.Prefetch && await depth.Read(endpoint.Queue, stoppingToken) > 0;
            var isLeft = sockets.IsDown && sockets.Opened == opened;
            opened = sockets.Opened;
            var now = clock.GetElapsedTime(began);
            if (stuck.IsStalled(now, isStarved && isLeft))
            {
                RabbitMqLog.BusStuck(log, endpoint.Queue, PatienceWithTheBus);
                End();
            }
            else if (stalled.IsStalled(now, isStarved))
            {
                Act(++breaks);
            }
            else if (idle.IsDue(now, !isServed && deliveries.UnderWay == 0))
            {
                RabbitMqLog.ConsumerRenewed(log, endpoint.Queue);
                sockets.Break();
            }
        }
    }

    private void Act(int breaks)
    {
        RabbitMqMetrics.ConsumerBroken();
        if (breaks > MostBreaks)
        {
            RabbitMqLog.ConsumerLost(log, endpoint.Queue);
            End();
            return;
        }

        RabbitMqLog.ConsumerStalled(log, endpoint.Queue, connection.StallPatience);
        sockets.Break();
    }

    private void End()
    {
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
