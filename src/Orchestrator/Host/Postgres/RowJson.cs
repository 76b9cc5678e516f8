using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Postgres;

/// <summary>
/// Writes the documents of a saga's row, which each of its messages writes anew, field by field: a serializer that goes by the types took
/// three times as long. What has its default value is left out. They are read with <see cref="SagaJson"/>.
/// </summary>
internal static class RowJson
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    public static string Progress(SagaProgress progress) => Text(progress, Write);

    public static string Results(IReadOnlyDictionary<string, JsonElement> results) => results.Count == 0 ? "{}" : Text(results, Write);

    public static string Compensations(IReadOnlyList<RegisterCompensation> compensations) => compensations.Count == 0 ? "[]" : Text(compensations, Write);

    public static string History(IReadOnlyList<HistoryEntry> entries) => entries.Count == 0 ? "[]" : Text(entries, Write);

    // Postgres keeps a NUL in a document and cannot read it out again. What a participant or a signal brought must not be lost for it.
    private static string Text<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var bytes = buffer ?? new ArrayBufferWriter<byte>(2048);
        var json = writer ??= new Utf8JsonWriter(
            bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        bytes.ResetWrittenCount();
        json.Reset(bytes);
        write(json, value);
        json.Flush();
        buffer = bytes.Capacity <= LargestKept ? bytes : null;
        return NulCharacters.Replaced(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, SagaProgress progress)
    {
        json.WriteStartObject();
        json.WriteString("sagaId"u8, progress.SagaId);
        json.WriteString("state"u8, Names<SagaState>.Of(progress.State));
        json.WriteStartArray("steps"u8);
        foreach (var step in progress.Steps)
        {
            Write(json, step);
        }

        json.WriteEndArray();
        Write(json, "forwardFailure"u8, progress.ForwardFailure);
        Write(json, "compensationFailure"u8, progress.CompensationFailure);
        if (!progress.Compensated.IsEmpty)
        {
            json.WriteStartArray("compensated"u8);
            foreach (var step in progress.Compensated)
            {
                json.WriteStringValue(step);
            }

            json.WriteEndArray();
        }

        Write(json, "beginDueAt"u8, progress.BeginDueAt);
        Write(json, "deadlineAt"u8, progress.DeadlineAt);
        if (!progress.Signals.IsEmpty)
        {
            json.WriteStartArray("signals"u8);
            foreach (var signal in progress.Signals)
            {
                Write(json, signal);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepProgress step)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, step.Name);
        WriteName(json, "state"u8, step.State);
        if (step.StartOrder is { } order)
        {
            json.WriteNumber("startOrder"u8, order);
        }

        Write(json, "attempt"u8, step.Attempt);
        Write(json, "undoAttempt"u8, step.UndoAttempt);
        Write(json, "enquiries"u8, step.Enquiries);
        Write(json, "forgiven"u8, step.Forgiven);
        if (step.CalledNotDone)
        {
            json.WriteBoolean("calledNotDone"u8, value: true);
        }

        WriteName(json, "wait"u8, step.Wait);
        Write(json, "dueAt"u8, step.DueAt);
        Write(json, "failure"u8, step.Failure);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReceivedSignal signal)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, signal.Id);
        json.WriteString("name"u8, signal.Name);
        Write(json, "declined"u8, signal.Declined);
        Write(json, "step"u8, signal.Step);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, JsonElement> results)
    {
        json.WriteStartObject();
        foreach (var (step, result) in results)
        {
            json.WritePropertyName(step);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(result), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<RegisterCompensation> compensations)
    {
        json.WriteStartArray();
        foreach (var compensation in compensations)
        {
            json.WriteStartObject();
            json.WriteString("step"u8, compensation.Step);
            json.WriteNumber("startOrder"u8, compensation.StartOrder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<HistoryEntry> entries)
    {
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, entry.Type);
            Write(json, "step"u8, entry.Step);
            if (entry.Direction is { } direction)
            {
                json.WriteString("direction"u8, Names<Direction>.Of(direction));
            }

            if (entry.Attempt is { } attempt)
            {
                json.WriteNumber("attempt"u8, attempt);
            }

            Write(json, "code"u8, entry.Code);
            Write(json, "reason"u8, entry.Reason);
            Write(json, "dueAt"u8, entry.DueAt);
            Write(json, "by"u8, entry.By);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Failure? failure)
    {
        if (failure is not null)
        {
            json.WriteStartObject(name);
            json.WriteString("step"u8, failure.Step);
            json.WriteString("code"u8, failure.Code);
            json.WriteString("reason"u8, failure.Reason);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, int number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, at);
        }
    }

    private static void WriteName<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, T value)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, default))
        {
            json.WriteString(name, Names<T>.Of(value));
        }
    }

    private static class Names<T>
        where T : struct, Enum
    {
        private static readonly JsonEncodedText[] All =
            [.. Enum.GetValues<T>().Select(value => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())))];

        // The values are numbered from 0, as a test makes sure.
        public static JsonEncodedText Of(T value) => All[Unsafe.BitCast<T, int>(value)];
    }
}
