using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>Takes copies of dead letters into the index.</summary>
internal sealed class DeadLetterKeeper(IDeadLetters store, TimeProvider clock) : IDeadLetterIndex
{
    public Task Keep(IReadOnlyList<DeadLetterCopy> letters, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return store.Keep([.. letters.DistinctBy(letter => letter.Id).Select(letter => LetterReading.Of(letter, now))], cancellationToken);
    }
}
