namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// Messages that were redelivered several times: one of them may be killing its consumer, and the others merely be at hand
/// when it does. They are handled one at a time and in no order, so that sooner or later each harmless one is handled before the killer.
/// </summary>
#pragma warning disable CA1001 // The semaphore has no handle.
internal sealed class Suspects(TimeProvider time)
#pragma warning restore CA1001
{
    /// <summary>From so many redeliveries on a message is one.</summary>
    public const int From = 4;

    // Deliveries come in the order of their queue, in which the killer would always be before those behind it.
    private static readonly TimeSpan Shuffle = TimeSpan.FromMilliseconds(500);

    // What kills does so at once. A handler that takes longer does not hold up those behind it.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Handles one when its turn has come.</summary>
    public async Task Handle(Func<Task> handle, CancellationToken cancellationToken)
    {
#pragma warning disable CA5394 // An order needs no secrecy.
        await Task.Delay(Shuffle * Random.Shared.NextDouble(), time, cancellationToken);
#pragma warning restore CA5394
        await one.WaitAsync(cancellationToken);
        Task handling;
        try
        {
            handling = handle();
            await Task.WhenAny(handling, Task.Delay(Turn, time, cancellationToken));
        }
        finally
        {
            one.Release();
        }

        await handling;
    }
}
