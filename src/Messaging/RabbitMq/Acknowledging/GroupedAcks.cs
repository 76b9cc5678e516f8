using MassTransit;
using MassTransit.RabbitMqTransport;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.Acknowledging;

/// <summary>
/// Acknowledges deliveries of one channel in groups: messages that are committed together are acknowledged by one frame, which the
/// broker passes to the queue as one command. Everything that the channel acknowledges goes through here, because a frame that names a
/// settled delivery closes the channel.
/// </summary>
#pragma warning disable CA1001 // The semaphore has no handle, and whoever waits for it must not find it gone.
internal sealed class GroupedAcks(ChannelContext channel, TimeProvider time)
#pragma warning restore CA1001
{
    // Acknowledging is behind the commit and holds up nobody; this long, neighbours have a chance to come along.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    // A connection that takes nothing holds up its deliveries no longer than this. What is acknowledged later is no harm.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly HashSet<ulong> waiting = [];
    private readonly HashSet<ulong> settledAhead = [];
    private ulong settledUpTo;
    private TaskCompletionSource? round;

    /// <summary>Ends when the acknowledgement is sent; with an error when that takes too long.</summary>
    public Task Ack(ulong tag)
    {
        TaskCompletionSource mine;
        bool isFirst;
        lock (gate)
        {
            if (IsSettled(tag))
            {
                return Task.CompletedTask;
            }

            waiting.Add(tag);
            isFirst = round is null;
            mine = round ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Not under the lock: the linger may be over at once, and then the round is sent, and forgotten, before this call returns.
        if (isFirst)
        {
            _ = SendSoon(mine);
        }

        return mine.Task;
    }

    /// <summary>The same for a nack.</summary>
    public Task Nack(ulong tag, bool requeue) => SendNack(tag, requeue).WaitAsync(Patience);

    /// <summary>Waits until all acknowledgements so far are sent, or given up.</summary>
    public async Task Flush()
    {
        Task last;
        lock (gate)
        {
            last = round?.Task ?? Task.CompletedTask;
        }

        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await sending.WaitAsync(Patience))
        {
            sending.Release();
        }
    }

    private async Task SendNack(ulong tag, bool requeue)
    {
        await sending.WaitAsync();
        try
        {
            if (TrySettle(tag))
            {
                await channel.BasicNack(tag, multiple: false, requeue, CancellationToken.None);
            }
        }
        finally
        {
            sending.Release();
        }
    }

    private bool IsSettled(ulong tag) => tag <= settledUpTo || settledAhead.Contains(tag);

    // One whose acknowledgement was given up may still be waiting to be sent, or be sent already.
    private bool TrySettle(ulong tag)
    {
        lock (gate)
        {
            if (IsSettled(tag))
            {
                return false;
            }

            waiting.Remove(tag);
            return settledAhead.Add(tag);
        }
    }

    private async Task SendSoon(TaskCompletionSource mine)
    {
        // Never ends early: whoever waits for this round is told what became of it.
        await Task.Delay(Linger, time);
        try
        {
            await SendAcks().WaitAsync(Patience);
            mine.TrySetResult();
        }
        catch (Exception exception)
        {
            lock (gate)
            {
                round = round == mine ? null : round;
            }

            mine.TrySetException(exception);
            // Perhaps nobody waits for it.
            _ = mine.Task.Exception;
        }
    }

    private async Task SendAcks()
    {
        await sending.WaitAsync();
        try
        {
            var (upTo, ahead) = Take();
            CrashPoint.Pass(CrashPoint.Acknowledging);
            if (upTo is { } last)
            {
                await channel.BasicAck(last, multiple: true, CancellationToken.None);
            }

            foreach (var tag in ahead)
            {
                await channel.BasicAck(tag, multiple: false, CancellationToken.None);
            }

            CrashPoint.Pass(CrashPoint.Acknowledged);
        }
        finally
        {
            sending.Release();
        }
    }

    // Everything up to the first delivery that is still being handled goes as one; what is ahead of a slow one goes singly, so that the
    // slow one does not hold the prefetch. The one that is named must not have been settled before.
    private (ulong? UpTo, ulong[] Ahead) Take()
    {
        lock (gate)
        {
            round = null;
            ulong? upTo = null;
            for (var next = settledUpTo + 1; ; next++)
            {
                if (waiting.Remove(next))
                {
                    upTo = next;
                }
                else if (!settledAhead.Remove(next))
                {
                    break;
                }

                settledUpTo = next;
            }

            ulong[] ahead = [.. waiting];
            waiting.Clear();
            settledAhead.UnionWith(ahead);
            return (upTo, ahead);
        }
    }
}
