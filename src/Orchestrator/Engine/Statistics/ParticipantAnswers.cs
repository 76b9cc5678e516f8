namespace SagaOrchestrator.Engine.Statistics;

/// <summary>What a participant answered to commands, compensations and enquiries.</summary>
/// <param name="Participant">Its queue.</param>
/// <param name="Completed">How often that the effect is there, or gone.</param>
/// <param name="Rejected">How often that nothing happened.</param>
/// <param name="Unknown">How often nobody knows: it answered with a fault, or did not answer in time.</param>
/// <param name="P50">Half of its answers came within so many seconds; null without answers. Off by a twentieth at most.</param>
/// <param name="P95">95 of a hundred did.</param>
public sealed record ParticipantAnswers(string Participant, long Completed, long Rejected, long Unknown, double? P50, double? P95)
{
    /// <summary>Which share was rejected, from 0 to 1.</summary>
    public double RejectedShare => Share(Rejected);

    /// <summary>Of which share nobody knows, from 0 to 1.</summary>
    public double UnknownShare => Share(Unknown);

    internal static IReadOnlyList<ParticipantAnswers> Of(IEnumerable<AnswerSum> sums) =>
        [
            .. sums.GroupBy(sum => sum.Participant)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Of(group.Key, [.. group])),
        ];

    private static ParticipantAnswers Of(string participant, IReadOnlyList<AnswerSum> sums)
    {
        var timed = sums.Where(sum => sum.Bucket != AnswerRow.NoTime).Select(sum => (sum.Bucket, sum.Answers)).ToList();
        long Count(string outcome) => sums.Where(sum => sum.Outcome == outcome).Sum(sum => sum.Answers);
        double? Seconds(double share) => DurationBuckets.Percentile(timed, share) is { } time ? Math.Round(time.TotalSeconds, 3) : null;
        return new ParticipantAnswers(
            participant,
            Count(AnswerOutcomes.Completed),
            Count(AnswerOutcomes.Rejected),
            Count(AnswerOutcomes.Unknown),
            Seconds(0.50),
            Seconds(0.95)
        );
    }

    private double Share(long count) => Math.Round((double)count / (Completed + Rejected + Unknown), 4);
}
