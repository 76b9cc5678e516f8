using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Timers;

/// <summary>When timers are due, and what they will do.</summary>
internal static class TimersEndpoint
{
    private const int LargestPage = 50;
    private const int UsualPage = 10;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", Read)
            .WithName("readTimers")
            .WithSummary("When timers are due, by hour, and what the next ones will do")
            .WithDescription(
                "Of each saga its next timer. Hours are those before 'before' (a day ahead when left out), and those that are over and "
                    + "have timers yet. A timer is late when it was due more than ten seconds ago."
            )
            .Produces<TimerList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<IResult> Read(
        HttpContext http,
        SagaTimers timers,
        TimeProvider clock,
        [Several] string? type,
        [Time] string? before,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var types = read.Values("type", type);
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var now = clock.GetUtcNow();
        var end = read.Time("before", before) ?? now + Usual;
        if (end > now + Longest)
        {
            read.Refuse("before", string.Create(CultureInfo.InvariantCulture, $"Give a time at most {Longest.TotalDays} days ahead."));
        }

        return read.Errors.Count > 0
            ? Problem.Invalid(read.Errors)
            : ApiJson.Answer(TimerList.Of(await timers.Read(types, end, size, cancellationToken), ApiPaths.Of(http)));
    }
}
