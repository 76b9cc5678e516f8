using System.Text.Json;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>A dead letter as the index knows it. Times are UTC.</summary>
public sealed record SagaDeadLetter
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The queue that it was taken from; it is in the dead-letter queue of this one.</summary>
    public required string Queue { get; init; }

    /// <summary>
    /// Why: a word of <see cref="Messaging.DeadLetters.DeadLetterReason"/>, or whatever another's service gave; <c>unknown</c> when it gave
    /// none.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>Since when it is one; when its copy came here, if it does not say.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The message's id, as text; null when it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The name of the message's type, without its namespace; null when the body does not say.</summary>
    public string? MessageType { get; init; }

    /// <summary>The saga that it belongs to; null when it does not say.</summary>
    public Guid? SagaId { get; init; }

    /// <summary>That saga's plan; null when it is not known.</summary>
    public string? SagaType { get; init; }

    /// <summary>That saga's business key; null when it is not known.</summary>
    public string? BusinessKey { get; init; }

    /// <summary>What went wrong, and the next move; null when nobody said.</summary>
    public string? Sentence { get; init; }

    /// <summary>The path of the value that was refused; null when it is not about one.</summary>
    public string? Path { get; init; }

    /// <summary>What would be right there.</summary>
    public string? Expected { get; init; }

    /// <summary>What is there, by its kind and size.</summary>
    public string? Got { get; init; }

    /// <summary>Its headers, as a JSON object.</summary>
    public string Headers { get; init; } = "{}";

    /// <summary>The content type of its body; null when it does not say.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether its headers hold the attributes of a CloudEvent in binary mode.</summary>
    internal bool IsEvent => EventPrefix is not null;

    /// <summary>What begins those headers; null when it has none.</summary>
    internal string? EventPrefix
    {
        get
        {
            var headers = JsonElement.Parse(Headers);
            return MessageAttributes.EventPrefix(name => headers.TryGetProperty(name, out _));
        }
    }

    /// <summary>The bytes of its body.</summary>
    public required int Size { get; init; }

    /// <summary>Where it stands, as far as it is known: a word of <see cref="DeadLetterState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Since when it does not wait any more.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The id of the message that went to the queue in its place; null when it was not edited.</summary>
    public Guid? EditedMessageId { get; init; }
}

/// <summary>Where a dead letter stands.</summary>
public static class DeadLetterState
{
    /// <summary>It is in its dead-letter queue, as far as it is known.</summary>
    public const string Waiting = "waiting";

    /// <summary>It went to its queue again, or an edited one in its place.</summary>
    public const string Redriven = "redriven";

    /// <summary>An operator dropped it.</summary>
    public const string Discarded = "discarded";

    /// <summary>It was not found in its dead-letter queue: somebody took it off in another way, for example in the console.</summary>
    public const string Gone = "gone";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Waiting, Redriven, Discarded, Gone];
}

/// <summary>What somebody asked of a dead letter, or what came of it. Each is kept as it was written.</summary>
/// <param name="LetterId">The letter.</param>
/// <param name="At">When, on the database's clock.</param>
/// <param name="Verb"><c>redrive</c>, <c>redrive-edited</c> or <c>discard</c>.</param>
/// <param name="Who">The operator.</param>
/// <param name="Why">The operator's reason.</param>
/// <param name="Outcome">
/// <c>asked</c>, which is written before anything is done; <c>done</c>; <c>refused</c>; <c>gone</c>, when it was not there; <c>failed</c>,
/// when broker or queue could not be used.
/// </param>
/// <param name="Detail">The outcome in a sentence; null when there is nothing to add.</param>
public sealed record DeadLetterAction(
    Guid LetterId,
    DateTimeOffset At,
    string Verb,
    string Who,
    string Why,
    string Outcome,
    string? Detail
);
