using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>
/// Writes the documents of a saga's row, which each of its messages writes anew, field by field: a serializer that goes by the types took
/// three times as long. What has its default value is left out. They are read with <see cref="SagaJson"/>.
/// </summary>
internal static class RowJson
{
    private static readonly ReusedJson Json = new(
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
    );

    public static string Progress(SagaProgress progress) => Text(progress, Write);

    public static string Results(IReadOnlyDictionary<string, JsonElement> results) => results.Count == 0 ? "{}" : Text(results, Write);

    public static string History(IReadOnlyList<HistoryEntry> entries) => TextOfAll(entries, Write);

    private static string TextOfAll<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) =>
        items.Count == 0 ? "[]" : Text((items, write), static (json, all) => WriteAll(json, all.items, all.write));

    // Postgres keeps a NUL in a document and cannot read it out again. What a participant or a signal brought must not be lost for it.
    private static string Text<T>(T value, Action<Utf8JsonWriter, T> write) =>
        NulCharacters.Replaced(Encoding.UTF8.GetString(Json.Write(value, write)));

    private static void Write(Utf8JsonWriter json, SagaProgress progress)
    {
        json.WriteStartObject();
        json.WriteString("sagaId"u8, progress.SagaId);
        json.WriteString("commandKey"u8, progress.CommandKey);
        json.WriteString("state"u8, Names<SagaState>.Of(progress.State));
        json.WritePropertyName("steps"u8);
        WriteAll(json, progress.Steps, Write);
        Write(json, "forwardFailure"u8, progress.ForwardFailure);
        Write(json, "compensationFailure"u8, progress.CompensationFailure);
        if (!progress.Compensated.IsEmpty)
        {
            json.WritePropertyName("compensated"u8);
            WriteAll(json, progress.Compensated, static (json, step) => json.WriteStringValue(step));
        }

        Write(json, "beginDueAt"u8, progress.BeginDueAt);
        Write(json, "deadlineAt"u8, progress.DeadlineAt);
        if (progress.Pause is { } pause)
        {
            json.WriteStartObject("pause"u8);
            json.WriteString("since"u8, pause.Since);
            json.WriteString("by"u8, pause.By);
            json.WriteString("reason"u8, pause.Reason);
            json.WriteEndObject();
        }

        if (!progress.Signals.IsEmpty)
        {
            json.WritePropertyName("signals"u8);
            WriteAll(json, progress.Signals, Write);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepProgress step)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, step.Name);
        WriteName(json, "state"u8, step.State);
        Write(json, "startOrder"u8, step.StartOrder);
        Write(json, "attempt"u8, step.Attempt);
        Write(json, "undoAttempt"u8, step.UndoAttempt);
        Write(json, "enquiries"u8, step.Enquiries);
        Write(json, "forgiven"u8, step.Forgiven);
        if (step.Unanswered > 0)
        {
            Write(json, "unanswered"u8, step.Unanswered);
        }

        Write(json, "forgivenEnquiries"u8, step.ForgivenEnquiries);
        if (step.CalledNotDone)
        {
            json.WriteBoolean("calledNotDone"u8, value: true);
        }

        Write(json, "refusedResult"u8, step.RefusedResult);
        WriteName(json, "wait"u8, step.Wait);
        Write(json, "dueAt"u8, step.DueAt);
        if (step.Absence is { } absence)
        {
            Write(json, absence);
        }

        Write(json, "failure"u8, step.Failure);
        Write(json, "note"u8, step.Note);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Absence absence)
    {
        json.WriteStartObject("absence"u8);
        json.WriteString("kind"u8, Names<AbsenceKind>.Of(absence.Kind));
        json.WriteString("since"u8, absence.Since);
        json.WriteString("reason"u8, absence.Reason);
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

    private static void Write(Utf8JsonWriter json, HistoryEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, entry.Type);
        Write(json, "step"u8, entry.Step);
        if (entry.Direction is { } direction)
        {
            json.WriteString("direction"u8, Names<Direction>.Of(direction));
        }

        Write(json, "attempt"u8, entry.Attempt);
        Write(json, "code"u8, entry.Code);
        Write(json, "reason"u8, entry.Reason);
        Write(json, "dueAt"u8, entry.DueAt);
        Write(json, "by"u8, entry.By);
        json.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        for (var index = 0; index < items.Count; index++)
        {
            write(json, items[index]);
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

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, int number) =>
        Write(json, name, number == 0 ? null : (int?)number);

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
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
        [
            .. Enum.GetValues<T>().Select(value => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()))),
        ];

        // The values are numbered from 0, as a test makes sure.
        public static JsonEncodedText Of(T value) => All[Unsafe.BitCast<T, int>(value)];
    }
}
