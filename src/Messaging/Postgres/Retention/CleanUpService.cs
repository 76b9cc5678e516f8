using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Messaging.Postgres.Retention;

/// <summary>Cleans up from time to time, in a process without a scheduler.</summary>
public sealed class CleanUpService(CleanUp cleanUp, TimeSpan interval, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Soon after the start, so that a process that never lives for a whole interval cleans up too.
        Repeatedly.Do(cleanUp.Try, _ => { }, interval, stoppingToken, interval < FirstWait ? interval : FirstWait, clock);
}
