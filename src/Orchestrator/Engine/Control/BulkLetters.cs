using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Acts on dead letters for bulk jobs, as an operator does on one.</summary>
internal sealed class BulkLetters(SagaDeadLetters letters) : IBulkLetters
{
    private const int Page = 500;

    public async Task<IReadOnlyList<SagaDeadLetter>> Find(DeadLetterQuery query, int limit, CancellationToken cancellationToken)
    {
        var found = new List<SagaDeadLetter>();
        DeadLetterPlace? place = null;
        do
        {
            var page = await letters.Find(query, place, Math.Min(Page, limit - found.Count), cancellationToken);
            found.AddRange(page.Letters);
            place = page.Next;
        } while (place is not null && found.Count < limit);
        return found;
    }

    public async Task<IReadOnlyList<BulkItem>> Act(
        BulkVerb verb,
        IReadOnlyList<BulkItem> items,
        OperatorNote note,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var ids = items.Select(item => item.Target.Id).ToList();
        var answers =
            verb == BulkVerb.Redrive
                ? await letters.Redrive(ids, note, cancellationToken)
                : await letters.Discard(ids, note, cancellationToken);
        var state = verb == BulkVerb.Redrive ? DeadLetterState.Redriven : DeadLetterState.Discarded;
        return [.. items.Select(item => Result(item, answers[item.Target.Id], state, since))];
    }

    // One that has come to the same end since the job began was done by it, before its node died.
    private static BulkItem Result(BulkItem item, DeadLetterAnswer answer, string end, DateTimeOffset since) =>
        answer switch
        {
            DeadLetterAnswer.Done => item with { Outcome = BulkOutcome.Done },
            DeadLetterAnswer.Ended ended when ended.State == end && ended.At >= since => item with { Outcome = BulkOutcome.Done },
            DeadLetterAnswer.Ended { State: var state } => Refused(item, "dead-letter-ended", $"It is {state} already."),
            DeadLetterAnswer.Gone => Refused(
                item,
                "dead-letter-gone",
                "It is not in its dead-letter queue: somebody took it off in another way."
            ),
            DeadLetterAnswer.Unknown => Refused(item, "unknown-dead-letter", "There is no such dead letter."),
            DeadLetterAnswer.NotTaken => Failed(item, "dead-letter-not-taken", "Its queue did not take it. It is still a dead letter."),
            DeadLetterAnswer.Busy => Failed(item, "dead-letter-busy", "Somebody else was looking through its dead-letter queue."),
            _ => Failed(
                item,
                "unavailable",
                "The broker did not answer. It is still a dead letter, unless an answer was lost at the very end."
            ),
        };

    private static BulkItem Refused(BulkItem item, string code, string reason) =>
        item with
        {
            Outcome = BulkOutcome.Refused,
            Code = code,
            Reason = reason,
        };

    private static BulkItem Failed(BulkItem item, string code, string reason) =>
        item with
        {
            Outcome = BulkOutcome.Failed,
            Code = code,
            Reason = reason,
        };
}
