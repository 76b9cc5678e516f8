using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>Dead letters, as jobs act on them.</summary>
internal interface IBulkLetters
{
    /// <summary>The letters that a query finds, the newest first: so many at most.</summary>
    Task<IReadOnlyList<SagaDeadLetter>> Find(DeadLetterQuery query, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Acts on letters together: one look through each queue serves all of them. One that came to the same end since then counts as done.
    /// </summary>
    Task<IReadOnlyList<BulkItem>> Act(
        BulkVerb verb,
        IReadOnlyList<BulkItem> items,
        OperatorNote note,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );
}
