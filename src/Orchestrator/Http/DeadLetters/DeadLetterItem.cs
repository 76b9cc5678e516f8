using System.Text.Json;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.DeadLetters;

/// <summary>One dead letter in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Queue">The queue that it was taken from.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="At">Since when.</param>
/// <param name="AgeSeconds">For how long.</param>
/// <param name="State">waiting, redriven, discarded or gone.</param>
/// <param name="EndedAt">Since when it does not wait any more.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="MessageType">The message's type, without namespace.</param>
/// <param name="SagaId">The saga that it belongs to.</param>
/// <param name="SagaType">That saga's plan.</param>
/// <param name="BusinessKey">That saga's business key.</param>
/// <param name="Sentence">What went wrong, and the next move.</param>
/// <param name="Path">The path of the value that was refused.</param>
/// <param name="Size">The bytes of its body.</param>
/// <param name="Links">Where the letter is.</param>
internal sealed record DeadLetterItem(
    Guid Id,
    string Queue,
    string Reason,
    DateTimeOffset At,
    long AgeSeconds,
    string State,
    DateTimeOffset? EndedAt,
    string? MessageId,
    string? MessageType,
    Guid? SagaId,
    string? SagaType,
    string? BusinessKey,
    string? Sentence,
    string? Path,
    int Size,
    SelfLinks Links
)
{
    public static DeadLetterItem Of(SagaDeadLetter letter, DateTimeOffset now, ApiPaths paths) =>
        new(
            letter.Id,
            letter.Queue,
            letter.Reason,
            letter.At,
            AgeOf(letter.At, now),
            letter.State,
            letter.EndedAt,
            letter.MessageId,
            letter.MessageType,
            letter.SagaId,
            letter.SagaType,
            letter.BusinessKey,
            letter.Sentence,
            letter.Path,
            letter.Size,
            new SelfLinks(paths.DeadLetter(letter.Id))
        );

    public static long AgeOf(DateTimeOffset at, DateTimeOffset now) => Math.Max(0, (long)(now - at).TotalSeconds);
}

/// <summary>A page of dead letters.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record DeadLetterList(IReadOnlyList<DeadLetterItem> Items, string? Next);

/// <summary>One dead letter.</summary>
/// <param name="Letter">As in a list.</param>
/// <param name="Expected">What would be right at the path.</param>
/// <param name="Got">What is there, by its kind and size.</param>
/// <param name="ContentType">The content type of its body.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="EditedMessageId">The id of the message that went to the queue in its place.</param>
/// <param name="Asked">What was asked of it, and what came of it, in order: the last 200.</param>
/// <param name="Actions">What can be done with it now.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record DeadLetterStatus(
    DeadLetterItem Letter,
    string? Expected,
    string? Got,
    string? ContentType,
    JsonElement Headers,
    Guid? EditedMessageId,
    IReadOnlyList<DeadLetterActionItem> Asked,
    IReadOnlyList<PossibleAction> Actions,
    DeadLetterLinks Links
)
{
    public static DeadLetterStatus Of(SagaDeadLetter letter, IEnumerable<DeadLetterAction> actions, DateTimeOffset now, ApiPaths paths)
    {
        var self = paths.DeadLetter(letter.Id);
        var canAct = letter.State is DeadLetterState.Waiting or DeadLetterState.Gone;
        return new DeadLetterStatus(
            DeadLetterItem.Of(letter, now, paths),
            letter.Expected,
            letter.Got,
            letter.ContentType,
            JsonElement.Parse(letter.Headers),
            letter.EditedMessageId,
            [.. actions.Select(DeadLetterActionItem.Of)],
            canAct ? [new PossibleAction("Redrive", self + "/redrive"), new PossibleAction("Discard", self + "/discard")] : [],
            new DeadLetterLinks(
                self,
                self + "/body",
                letter.EditedMessageId is null ? null : self + "/body?edited=true",
                letter.SagaId is { } saga ? paths.Saga(saga) : null
            )
        );
    }
}

/// <summary>What somebody asked of a dead letter, or what came of it.</summary>
/// <param name="At">When.</param>
/// <param name="Verb">redrive, redrive-edited or discard.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Outcome">asked, done, refused, gone or failed.</param>
/// <param name="Detail">The outcome in a sentence.</param>
internal sealed record DeadLetterActionItem(DateTimeOffset At, string Verb, string By, string Reason, string Outcome, string? Detail)
{
    public static DeadLetterActionItem Of(DeadLetterAction action) =>
        new(action.At, action.Verb, action.Who, action.Why, action.Outcome, action.Detail);
}

/// <summary>Paths to follow.</summary>
/// <param name="Self">This letter.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="EditedBody">The bytes that went to the queue in its place.</param>
/// <param name="Saga">The saga that it names, whether there is such a saga or not.</param>
internal sealed record DeadLetterLinks(string Self, string Body, string? EditedBody, string? Saga);

/// <summary>Dead letters by cause.</summary>
/// <param name="Items">The largest group first, at most 200.</param>
internal sealed record DeadLetterGroupList(IReadOnlyList<DeadLetterGroupItem> Items);

/// <summary>Dead letters with one cause.</summary>
/// <param name="Queue">The queue that they were taken from.</param>
/// <param name="Reason">Why.</param>
/// <param name="MessageType">Of which type.</param>
/// <param name="Path">The path of the value that was refused.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">Since when the oldest is one.</param>
/// <param name="Newest">Since when the newest is one.</param>
/// <param name="Sentence">What the newest says.</param>
/// <param name="Links">Where the newest is.</param>
internal sealed record DeadLetterGroupItem(
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
    public static DeadLetterGroupItem Of(DeadLetterGroup group, ApiPaths paths) =>
        new(
            group.Queue,
            group.Reason,
            group.MessageType,
            group.Path,
            group.Count,
            group.Oldest,
            group.Newest,
            group.Sentence,
            new ExampleLinks(paths.DeadLetter(group.Example))
        );
}

/// <summary>Paths to follow.</summary>
/// <param name="Example">One of them.</param>
internal sealed record ExampleLinks(string Example);
