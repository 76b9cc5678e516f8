using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>
/// Sends in one piece what was written while the piece before was on its way. RabbitMQ's client writes each message to its socket alone,
/// which is a system call for each here, and wakes the broker for each.
/// </summary>
/// <remarks>
/// A write is over once its bytes are kept, so a failure is told by whoever reads. What is written after it goes nowhere: RabbitMQ's client
/// stops taking messages after a write that fails, those that publish would wait for ever, and it waits for them before it tells that the
/// connection is gone.
/// </remarks>
internal sealed class GatheringStream(Socket socket) : NetworkStream(socket, ownsSocket: true), IThreadPoolWorkItem
{
    // Whoever writes more waits, so that a broker that does not read is felt as one.
    private const int MostWaiting = 256 * 1024;

    // One large message does not leave its memory behind.
    private const int LargestKept = 4 * MostWaiting;

    // After this long without a send there is nobody to go with, and the writer sends at once.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private ArrayBufferWriter<byte> waiting = new(MostWaiting / 4);
    private ArrayBufferWriter<byte> leaving = new(MostWaiting / 4);
    private bool isSending;
    private long sentAt;
    private TaskCompletionSource? room;
    private bool hasFailed;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var isFirst = false;
        var wait = Task.CompletedTask;
        lock (gate)
        {
            if (hasFailed)
            {
                return ValueTask.CompletedTask;
            }

            waiting.Write(buffer.Span);
            if (!isSending)
            {
                (isSending, isFirst) = (true, true);
            }

            if (waiting.WrittenCount >= MostWaiting)
            {
                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = room.Task;
            }
        }

        if (isFirst)
        {
            StartSending();
        }

        return wait.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(wait.WaitAsync(cancellationToken));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer) => WriteAsync(buffer.ToArray()).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    void IThreadPoolWorkItem.Execute() => _ = Send();

    private void StartSending()
    {
        if (Stopwatch.GetElapsedTime(sentAt) > Quiet)
        {
            _ = Send();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task Send()
    {
        try
        {
            while (TakeWaiting())
            {
                await base.WriteAsync(leaving.WrittenMemory, CancellationToken.None);
                EmptyLeaving();
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            Fail();
        }
    }

    // Whoever sends is alone with these bytes until it takes the next.
    private void EmptyLeaving()
    {
        leaving.ResetWrittenCount();
        if (leaving.Capacity > LargestKept)
        {
            leaving = new ArrayBufferWriter<byte>(MostWaiting / 4);
        }
    }

    private bool TakeWaiting()
    {
        lock (gate)
        {
            if (waiting.WrittenCount == 0)
            {
                (isSending, sentAt) = (false, Stopwatch.GetTimestamp());
                return false;
            }

            (waiting, leaving) = (leaving, waiting);
            room?.TrySetResult();
            room = null;
            return true;
        }
    }

    private void Fail()
    {
        lock (gate)
        {
            hasFailed = true;
            room?.TrySetResult();
        }
    }
}
