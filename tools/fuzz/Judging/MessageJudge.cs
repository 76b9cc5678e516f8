using SagaOrchestrator.Fuzz.Generating;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>Compares what was sent with what became a dead letter.</summary>
internal sealed class MessageJudge(MessageDraw draw)
{
    /// <param name="confirmed">The numbers of the messages that the broker took.</param>
    /// <param name="letters">All dead letters.</param>
    /// <returns>The message's number, when it is one of them, and what is wrong.</returns>
    public IReadOnlyList<(int? Number, string Complaint)> Judge(IReadOnlyCollection<int> confirmed, IReadOnlyCollection<DeadLetter> letters)
    {
        var wrong = new List<(int?, string)>();
        wrong.AddRange(
            letters
                .Where(letter => string.IsNullOrEmpty(letter.Reason))
                .Select(letter => (letter.Number, $"a dead letter in {letter.Queue} without a reason"))
        );
        var byNumber = letters
            .Where(letter => letter.Number is not null)
            .GroupBy(letter => letter.Number!.Value)
            .ToDictionary(group => group.Key, group => group.ToList());
        var hashes = letters.Select(letter => letter.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var number in confirmed)
        {
            var message = draw.Of(number);
            var hash = DeadLetter.HashOf(message.Body);
            if (byNumber.TryGetValue(number, out var found))
            {
                wrong.AddRange(
                    found
                        .Where(letter => letter.Hash != hash)
                        .Select(letter => ((int?)number, $"its bytes changed on the way to {letter.Queue}"))
                );
            }
            else if (message.MustBeDeadLetter && !hashes.Contains(hash))
            {
                wrong.Add((number, "nobody can handle it, and it is no dead letter"));
            }
        }

        return wrong;
    }

    /// <summary>The messages that are dead letters more than once.</summary>
    /// <param name="letters">All dead letters.</param>
    public static IReadOnlyList<int> Doubled(IReadOnlyCollection<DeadLetter> letters) =>
        [
            .. letters
                .Where(letter => letter.Number is not null)
                .CountBy(letter => letter.Number!.Value)
                .Where(counted => counted.Value > 1)
                .Select(counted => counted.Key),
        ];
}
