using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Participants.Sensitive;

/// <summary>
/// Reads commands whose marked values are encrypted. A value whose key is gone reads as empty. A marked value that comes plain is refused.
/// </summary>
public sealed class CommandOpener
{
    // Another node that forgets a subject is believed after this.
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(10);

    private const int Most = 10_000;

    private readonly ISensitiveKeys ring;
    private readonly IWrappedKeys source;
    private readonly IntakeLimits limits;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, (DataKey? Key, long ReadAt)> known = new(StringComparer.Ordinal);

    /// <param name="ring">The ring of keys.</param>
    /// <param name="source">Where the wrapped keys of subjects come from.</param>
    /// <param name="limits">How much a message may hold.</param>
    /// <param name="clock">Says how old a key is.</param>
    public CommandOpener(ISensitiveKeys ring, IWrappedKeys source, IntakeLimits limits, TimeProvider clock) =>
        (this.ring, this.source, this.limits, this.clock) = (ring, source, limits, clock);

    /// <summary>Whether a command's saga has marked values.</summary>
    internal static bool IsMarked(ConsumeContext context) =>
        context.ReceiveContext.TransportHeaders.Get<string>(SagaHeaders.SubjectKey) is not null;

    /// <summary>A command as its step reads it.</summary>
    internal ValueTask<T> Open<T>(ConsumeContext<T> context)
        where T : SagaCommand =>
        Marked<T>.Shape is not null && context.Message.Saga is { } saga ? ReadMarked(context, saga) : ValueTask.FromResult(context.Message);

    /// <summary>A command as its step reads it, and with what the step's result is encrypted.</summary>
    internal async ValueTask<(T Message, ResultSeal? Seal)> Read<T>(ConsumeContext<T> context)
        where T : SagaCommand
    {
        var message = context.Message;
        if (message.Saga is not { } saga)
        {
            return (message, null);
        }

        ResultSeal? seal = null;
        if (context.ReceiveContext.TransportHeaders.Get<string>(SagaHeaders.SubjectKey) is { } id)
        {
            seal = await Seal(id, saga, context.CancellationToken);
        }

        return (await Open(context), seal);
    }

    /// <summary>With what the result of a command is encrypted.</summary>
    /// <param name="keyId">The id of its subject's key.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async ValueTask<ResultSeal> Seal(string keyId, CommandContext command, CancellationToken cancellationToken) =>
        new(keyId, keyId == SagaHeaders.NoSubjectKey ? null : await Find(keyId, cancellationToken), command);

    private async ValueTask<T> ReadMarked<T>(ConsumeContext<T> context, CommandContext saga)
        where T : SagaCommand
    {
        if (MessageBytes.Of(context) is not { } json)
        {
            return context.Message;
        }

        var document = new SealedDocument(Marked<T>.Shape!, saga.SagaId, SealedPlace.Command(typeof(T).FullName!));
        var message = JsonElement.Parse(json);
        if (document.FirstPlain(message) is { } path)
        {
            throw Refused(DeadLetterReason.Plain, new Refusal(path, "an encrypted value", "a plain one"));
        }

        var keys = new Dictionary<string, DataKey?>(StringComparer.Ordinal);
        foreach (var id in document.Keys(message))
        {
            keys[id] = await Find(id, context.CancellationToken);
        }

        return Opened<T>(document, message, keys);
    }

    private T Opened<T>(SealedDocument document, JsonElement message, Dictionary<string, DataKey?> keys)
    {
        try
        {
            var opened = document.Open(message, id => keys.GetValueOrDefault(id));
            return document.Objection(JsonElement.Parse(opened), limits) is { } refusal
                ? throw Refused(DeadLetterReason.Malformed, refusal)
                : JsonSerializer.Deserialize<T>(MarkedMembers.Blank(document.Shape, opened), WireJson.Options)!;
        }
        catch (CryptographicException exception)
        {
            throw Refused(
                DeadLetterReason.Malformed,
                new Refusal(string.Empty, "values that are encrypted for this command", "one that cannot be opened"),
                exception
            );
        }
    }

    private async ValueTask<DataKey?> Find(string id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var found) && clock.GetElapsedTime(found.ReadAt) < Believed)
        {
            return found.Key;
        }

        var key = await source.Find(id, cancellationToken) is { } wrapped ? Unwrap(wrapped) : null;
        if (known.Count >= Most)
        {
            known.Clear();
        }

        known[id] = (key, clock.GetTimestamp());
        return key;
    }

    private DataKey Unwrap(WrappedDataKey wrapped)
    {
        try
        {
            return DataKey.Unwrap(wrapped, ring);
        }
        catch (Exception exception) when (exception is MissingKeyException or CryptographicException)
        {
            throw new TransientException(
                $"The key of a subject cannot be unwrapped here: give this participant the key '{wrapped.WrappingKey}' that the "
                    + "orchestrator has.",
                exception
            );
        }
    }

    private static RefusedMessageException Refused(string reason, Refusal refusal, Exception? cause = null) =>
        new(
            reason,
            $"The command is not as it is to be. {refusal} Find out who sends commands beside the orchestrator, and whether its keys are "
                + $"those of this participant.{(cause is null ? string.Empty : $" ({cause.Message})")}",
            refusal
        );

    private static class Marked<T>
    {
        public static readonly Intake.Shapes.Shape? Shape = Contract.Of<T>() is { IsSensitive: true } contract ? contract.Shape : null;
    }
}
