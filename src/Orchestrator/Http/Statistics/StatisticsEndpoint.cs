using System.Globalization;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Statistics;

internal static class StatisticsEndpoint
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", Read)
            .WithName("readStatistics")
            .WithSummary("How many sagas started, completed and failed, why, how long they took, and what their amounts come to")
            .WithDescription(
                "By type and by hour or day (UTC), and in total. from and before are hours; the last day when they are left out. A saga is "
                    + "counted a second or so after it started or ended, and stays counted when its retention is over."
            )
            .Produces<StatisticsReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<IResult> Read(
        SagaStatistics statistics,
        TimeProvider clock,
        [Several] string? type,
        [Time] string? from,
        [Time] string? before,
        [Word("hour", "day")] string? by,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var types = read.Values("type", type);
        var end = read.Time("before", before) ?? Hours.Of(clock.GetUtcNow()).AddHours(1);
        var query = new StatisticsQuery(types, Hours.Of(read.Time("from", from) ?? end - Usual), end, by == "day");
        if (by is not (null or "hour" or "day"))
        {
            read.Refuse("by", "Give hour or day.");
        }

        if (read.Errors.Count == 0 && Periods(query) is < 1 or > SagaStatistics.MostPeriods)
        {
            read.Refuse(
                "from",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Give a time before 'before', and at most {SagaStatistics.MostPeriods} hours or days."
                )
            );
        }

        return read.Errors.Count > 0 ? Problem.Invalid(read.Errors) : ApiJson.Answer(await statistics.Read(query, cancellationToken));
    }

    private static double Periods(StatisticsQuery query) =>
        query.ByDay ? (query.Before - query.From).TotalDays : (query.Before - query.From).TotalHours;
}
