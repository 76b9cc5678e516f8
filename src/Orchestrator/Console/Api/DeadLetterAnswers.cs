using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

internal sealed record DeadLetterItem(
    Guid Id,
    string Queue,
    string Reason,
    DateTimeOffset At,
    string State,
    DateTimeOffset? EndedAt,
    string? MessageId,
    string? MessageType,
    Guid? SagaId,
    string? SagaType,
    string? BusinessKey,
    string? Sentence,
    string? Path,
    int Size
);

internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterItem> Items, string? Next);

internal sealed record DeadLetterGroup(
    string Queue,
    string Reason,
    string? MessageType,
    string? Path,
    long Count,
    DateTimeOffset Oldest,
    DateTimeOffset Newest,
    string? Sentence,
    ExampleLinks Links
)
{
    /// <summary>Which letters a list or a bulk job would find: the API has no filter for a path, or for a type that is not known.</summary>
    public PageFilter Filter =>
        PageFilter.With(("queue", Queue), ("reason", Reason), ("messageType", MessageType), ("state", DeadLetter.Waiting));

    /// <summary>The newest letter.</summary>
    public string ExampleId => Links.Example.Split('/')[^1];

    /// <summary>Whether <see cref="Filter"/> finds the letters of another group.</summary>
    public bool Finds(DeadLetterGroup other) =>
        other.Queue == Queue && other.Reason == Reason && (MessageType is null || other.MessageType == MessageType);
}

internal sealed record ExampleLinks(string Example);

internal sealed record DeadLetterAsked(DateTimeOffset At, string Verb, string By, string Reason, string Outcome, string? Detail);

internal sealed record PossibleAction(string Action, string Href);

internal sealed record DeadLetter(
    DeadLetterItem Letter,
    string? Expected,
    string? Got,
    string? ContentType,
    JsonElement Headers,
    Guid? EditedMessageId,
    IReadOnlyList<DeadLetterAsked> Asked,
    IReadOnlyList<PossibleAction> Actions
)
{
    public const string Waiting = "waiting";

    /// <summary>Where to post to; null when it cannot be done now.</summary>
    public string? Href(string action) => Actions.FirstOrDefault(possible => possible.Action == action)?.Href;
}

internal sealed record LetterOfSaga(Guid Id, string Queue, string Reason, DateTimeOffset At);
