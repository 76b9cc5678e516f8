using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>
/// Why a message is a dead letter, in words that hold nothing of it: the text of an exception may quote what it could not read, card
/// numbers and all. Only our own refusals say what they say themselves.
/// </summary>
internal sealed class DeadLetterCause
{
    private const int MostFrames = 3;

    private readonly Exception cause;

    /// <param name="queue">The queue that the message came from.</param>
    /// <param name="exception">What stopped it.</param>
    public DeadLetterCause(string queue, Exception exception)
    {
        (Reason, cause) = DeadLetterReason.Of(exception);
        Sentence =
            cause is RefusedMessageException ? cause.Message
            : Reason == DeadLetterReason.Malformed
                ? $"The message cannot be read{Position(exception)}. Have its sender correct it and send it anew, then discard this one."
            : $"The handler failed: {Failure(cause)} Mend what the log shows, then move the message back to '{queue}'.";
    }

    /// <summary>One word.</summary>
    public string Reason { get; }

    /// <summary>What went wrong, and the next move.</summary>
    public string Sentence { get; }

    /// <summary>The exception's type.</summary>
    public string Exception => cause.GetType().FullName ?? cause.GetType().Name;

    /// <summary>Where it was thrown, for whoever mends the handler: the methods, innermost first.</summary>
    public string At =>
        cause is RefusedMessageException
            ? string.Empty
            : string.Join(
                " < ",
                new StackTrace(Innermost(cause))
                    .GetFrames()
                    .Select(frame => frame.GetMethod())
                    .Where(method => method?.DeclaringType is not null)
                    .Take(MostFrames)
                    .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}")
            );

    /// <summary>The headers that say so.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Headers(string queue, DateTime now) =>
        [
            .. DeadLetterHeaders.Of(queue, Reason, Sentence, now),
            new(SagaHeaders.DeadLetterException, Exception),
            .. (cause as RefusedMessageException)?.Refusal is { } refusal
                ? new KeyValuePair<string, string?>[]
                {
                    new(SagaHeaders.DeadLetterPath, refusal.Path),
                    new(SagaHeaders.DeadLetterExpected, refusal.Expected),
                    new(SagaHeaders.DeadLetterGot, refusal.Got),
                }
                : [],
        ];

    private static string Failure(Exception cause) =>
        cause switch
        {
            StoredDataException stored => stored.Message,
            DbException { SqlState: { } state } => Refused(state),
            _ when Innermost(cause) is DbException { SqlState: { } state } => Refused(state),
            _ when Innermost(cause) is var innermost && innermost != cause =>
                $"{cause.GetType().Name}, because of {innermost.GetType().Name}.",
            _ => $"{cause.GetType().Name}.",
        };

    private static string Refused(string sqlState) => $"The database refused its statement with SQLSTATE {sqlState}.";

    private static string Position(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is JsonException { LineNumber: { } line, BytePositionInLine: { } position })
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $": its JSON is not what it should be at line {line + 1}, byte {position}"
                );
            }
        }

        return ": its body is not what its content type or its envelope says";
    }

    private static Exception Innermost(Exception exception) => exception.GetBaseException();
}
