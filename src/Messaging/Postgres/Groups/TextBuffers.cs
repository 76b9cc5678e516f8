using System.Buffers;
using System.Collections.Concurrent;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// Memory for the text of a group's messages, used again and again: arrays of this size made anew are collected only together with
/// everything else, which took a twentieth of the orchestrator's time.
/// </summary>
internal sealed class TextBuffers
{
    // A group that sends more than usual does not leave its memory behind.
    private const int LargestKept = 1024 * 1024;

    private readonly ConcurrentBag<ArrayBufferWriter<byte>> free = [];

    /// <summary>An empty buffer, which is given back when the result is disposed.</summary>
    public Rented Rent() => new(this, free.TryTake(out var buffer) ? buffer : new ArrayBufferWriter<byte>(16 * 1024));

    private void GiveBack(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            free.Add(buffer);
        }
    }

    /// <summary>A buffer for one group.</summary>
    internal readonly struct Rented(TextBuffers buffers, ArrayBufferWriter<byte> buffer) : IDisposable
    {
        public ArrayBufferWriter<byte> Buffer => buffer;

        public void Dispose() => buffers.GiveBack(buffer);
    }
}
