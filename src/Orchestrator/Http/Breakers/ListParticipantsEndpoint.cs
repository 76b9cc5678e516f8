using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Http.Breakers;

internal static class ListParticipantsEndpoint
{
    private const int MostHours = 168;

    // Breakers are told from memory, also while the database is away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<IResult> List(
        SagaBreakers breakers,
        SagaStatistics statistics,
        TimeProvider clock,
        [Time] string? from,
        [Time] string? before,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var end = Hours.Of(read.Time("before", before) ?? clock.GetUtcNow().AddHours(1));
        var begin = Hours.Of(read.Time("from", from) ?? end.AddHours(-2));
        if (read.Errors.Count == 0 && (end - begin).TotalHours is < 1 or > MostHours)
        {
            read.Refuse(
                "from",
                string.Create(CultureInfo.InvariantCulture, $"Give a time an hour or more before 'before', and at most {MostHours} hours.")
            );
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var answers = await Answers(statistics, begin, end, cancellationToken);
        return ApiJson.Answer(
            new ParticipantList([
                .. breakers.Participants.Select(breaker =>
                    ParticipantStatus.Of(breaker) with
                    {
                        Answers = answers is null
                            ? null
                            : AnswersStatus.Of(begin, end, answers.FirstOrDefault(one => one.Participant == breaker.Participant)),
                    }
                ),
            ])
        );
    }

    private static async Task<IReadOnlyList<ParticipantAnswers>?> Answers(
        SagaStatistics statistics,
        DateTimeOffset from,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await statistics.Answers(from, before, patience.Token);
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
