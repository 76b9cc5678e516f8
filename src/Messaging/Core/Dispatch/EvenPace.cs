namespace SagaOrchestrator.Messaging.Dispatch;

/// <summary>
/// Sends many messages a few at a time, in their order, so that what comes to the same queue meanwhile stands behind a few of them only.
/// </summary>
/// <param name="atOnce">How many are a few.</param>
/// <param name="pause">How long the next ones wait.</param>
/// <param name="clock">Counts the time.</param>
internal sealed class EvenPace(int atOnce, TimeSpan pause, TimeProvider clock)
{
    /// <summary>Returns when all are sent. The token ends it early: what is on its way is waited for, and the rest is not sent.</summary>
    public async Task Send<T>(IReadOnlyList<T> messages, Func<T, Task> send, CancellationToken cancellationToken)
    {
        var sending = new List<Task>(messages.Count);
        foreach (var message in messages)
        {
            if (sending.Count > 0 && sending.Count % atOnce == 0)
            {
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            sending.Add(send(message));
        }

        await Task.WhenAll(sending);
    }
}
