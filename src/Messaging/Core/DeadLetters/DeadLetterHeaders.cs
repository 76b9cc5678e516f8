using System.Globalization;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>The headers that every dead letter of ours has.</summary>
public static class DeadLetterHeaders
{
    /// <summary>They say which letter it is, why it is one, and since when. Its id is a new one each time.</summary>
    /// <param name="queue">The queue that the message was taken from.</param>
    /// <param name="reason">One word of <see cref="DeadLetterReason"/>.</param>
    /// <param name="sentence">What went wrong, and the next move.</param>
    /// <param name="at">When, UTC.</param>
    public static IReadOnlyList<KeyValuePair<string, string?>> Of(string queue, string reason, string sentence, DateTime at) =>
        [
            new(SagaHeaders.DeadLetterId, Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)).ToString()),
            new(SagaHeaders.DeadLetterReason, reason),
            new(SagaHeaders.DeadLetterFrom, queue),
            new(SagaHeaders.DeadLetterAt, at.ToString("O", CultureInfo.InvariantCulture)),
            new(SagaHeaders.DeadLetterMessage, sentence),
        ];
}
