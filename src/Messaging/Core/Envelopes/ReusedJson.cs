using System.Buffers;
using System.Text.Json;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>Writes small documents one after another, each thread into memory of its own that it uses again.</summary>
/// <param name="options">How they are written.</param>
public sealed class ReusedJson(JsonWriterOptions options) : IDisposable
{
    // One large document does not leave its memory behind.
    private const int LargestKept = 64 * 1024;

    private readonly ThreadLocal<Memory> memory = new(() => new Memory(options));

    /// <summary>Writes one document.</summary>
    /// <param name="value">What it is about.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>Its bytes in UTF-8, until the next is written on this thread.</returns>
    public ReadOnlySpan<byte> Write<T>(T value, Action<Utf8JsonWriter, T> write) => memory.Value!.Write(value, write);

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    private sealed class Memory(JsonWriterOptions options)
    {
        private ArrayBufferWriter<byte> buffer = New();
        private Utf8JsonWriter? writer;

        public ReadOnlySpan<byte> Write<T>(T value, Action<Utf8JsonWriter, T> write)
        {
            var bytes = buffer.Capacity <= LargestKept ? buffer : buffer = New();
            var json = writer ??= new Utf8JsonWriter(bytes, options);
            bytes.ResetWrittenCount();
            json.Reset(bytes);
            write(json, value);
            json.Flush();
            return bytes.WrittenSpan;
        }

        private static ArrayBufferWriter<byte> New() => new(4096);
    }
}
