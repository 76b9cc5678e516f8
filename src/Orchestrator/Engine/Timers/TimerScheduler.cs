using Microsoft.Extensions.Options;
using Quartz;
using SagaOrchestrator.Engine.Telemetry;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// Runs Quartz as long as the process, and does not let it keep the process from ending. As it ends, Quartz notes in the database that its
/// job is through, and tries until it can. Nothing is lost when it cannot: timers are rows, and every node looks for overdue ones (rule
/// S26).
/// </summary>
internal sealed class TimerScheduler(
    IHostApplicationLifetime lifetime,
    IServiceProvider services,
    IOptionsMonitor<QuartzHostedServiceOptions> options,
    TimeProvider clock,
    ILogger<TimerScheduler> log
) : QuartzHostedService(lifetime, services, options), IHostedService
{
    // Enough for a run of the job; what ends a process seldom waits for half a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StopAsync(cancellationToken).WaitAsync(Patience, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            SagaLog.SchedulerLeft(log, Patience);
        }
    }
}
