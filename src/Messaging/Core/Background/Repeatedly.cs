namespace SagaOrchestrator.Messaging.Background;

/// <summary>What a service does again and again beside its messages.</summary>
public static class Repeatedly
{
    /// <summary>
    /// Does it at every interval until the service shuts down. No failure ends it, and none keeps the process from ending as it should.
    /// </summary>
    /// <param name="work">What is done.</param>
    /// <param name="failed">Is told of a failure, before it is done again.</param>
    /// <param name="interval">How often.</param>
    /// <param name="stoppingToken">Cancelled when the service shuts down.</param>
    /// <param name="first">After what time it is done first; else after the interval.</param>
    /// <param name="clock">Counts the time; else the system's.</param>
    public static async Task Do(
        Func<CancellationToken, Task> work,
        Action<Exception> failed,
        TimeSpan interval,
        CancellationToken stoppingToken,
        TimeSpan? first = null,
        TimeProvider? clock = null
    )
    {
        using var timer = new PeriodicTimer(first ?? interval, clock ?? TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = interval;
            try
            {
                await work(stoppingToken);
            }
            catch (Exception exception)
            {
                // Work that is interrupted does not always say so: Npgsql, interrupted as it connects, says that it found no host.
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                failed(exception);
            }
        }
    }
}
