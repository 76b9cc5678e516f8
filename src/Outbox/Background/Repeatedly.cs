namespace SagaOrchestrator.Outbox.Background;

/// <summary>What a service does again and again beside its messages.</summary>
public static class Repeatedly
{
    /// <summary>Does it at every tick until the service is asked to end. No failure ends it, and none keeps the process from ending as it should.</summary>
    /// <param name="timer">Says when.</param>
    /// <param name="work">What is done.</param>
    /// <param name="failed">Is told of a failure, before the next tick.</param>
    /// <param name="stoppingToken">Cancelled when the service is asked to end.</param>
    public static async Task Do(PeriodicTimer timer, Func<CancellationToken, Task> work, Action<Exception> failed, CancellationToken stoppingToken)
    {
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
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
