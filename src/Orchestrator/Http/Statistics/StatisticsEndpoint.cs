using System.Globalization;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Statistics;

internal static class StatisticsEndpoint
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/", Read)
        .WithName("readStatistics")
        .WithSummary("How many sagas started, completed and failed, why, how long they took, and what their amounts come to")
        .WithDescription(
            "By type and by hour or day (UTC), and in total. from and before are hours; the last day when they are left out. A saga is counted a second or so after "
            + "it started or ended, and stays counted when its retention is over.")
        .Produces<StatisticsReport>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Read(
        SagaStatistics statistics, TimeProvider clock, string? type, string? from, string? before, string? by, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        var reading = new ListQuery();
        var asked = reading.Of(Only(type, from, before), QueryCollection.Empty);
        errors.AddRange(reading.Errors.Select(error => new FieldError(Name(error.Field), error.Message)));
        if (by is not (null or "hour" or "day"))
        {
            errors.Add(new FieldError("by", "Give hour or day."));
        }

        var end = asked.Started.Before ?? Hour(clock.GetUtcNow()).AddHours(1);
        var query = new StatisticsQuery(asked.Types, Hour(asked.Started.From ?? end - Usual), end, by == "day");
        if (errors.Count == 0 && Periods(query) is < 1 or > SagaStatistics.MostPeriods)
        {
            errors.Add(new FieldError("from", string.Create(
                CultureInfo.InvariantCulture, $"Give a time before 'before', and at most {SagaStatistics.MostPeriods} hours or days.")));
        }

        return errors.Count > 0 ? Problem.Invalid(errors) : ApiJson.Answer(await statistics.Read(query, cancellationToken));
    }

    private static ListParameters Only(string? type, string? from, string? before) => new(
        type, Version: null, State: null, Step: null, WaitsFor: null, WaitsLongerThan: null, ErrorStep: null, ErrorCode: null, Key: null, KeyPrefix: null,
        StartedFrom: from, StartedBefore: before, UpdatedFrom: null, UpdatedBefore: null, EndedFrom: null, EndedBefore: null, Undone: null,
        Stuck: null, Sort: null);

    private static string Name(string field) => field switch { "startedFrom" => "from", "startedBefore" => "before", _ => field };

    private static double Periods(StatisticsQuery query) => query.ByDay ? (query.Before - query.From).TotalDays : (query.Before - query.From).TotalHours;

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
