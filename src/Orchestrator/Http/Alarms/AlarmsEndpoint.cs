using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Alarms;

/// <summary>What needs somebody.</summary>
internal static class AlarmsEndpoint
{
    private const string Standing = "standing";
    private const string Over = "over";
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", List)
            .WithName("listAlarms")
            .WithSummary("What needs somebody, the newest first")
            .WithDescription(
                "state is standing (by itself) or over. An alarm is raised once for one cause, is Critical after a quarter of an hour, "
                    + "and clears itself within seconds when its cause is gone."
            )
            .Produces<AlarmList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<IResult> List(
        SagaAlarms alarms,
        [Word(Standing, Over)] string? state,
        [WholeNumber(1, LargestPage, Usual = LargestPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, LargestPage, 1, LargestPage);
        if (state is not (null or Standing or Over))
        {
            read.Refuse("state", $"Give {Standing} or {Over}.");
        }

        return read.Errors.Count > 0
            ? Problem.Invalid(read.Errors)
            : ApiJson.Answer(new AlarmList(await alarms.Read(state != Over, size, cancellationToken)));
    }
}

/// <summary>Alarms.</summary>
/// <param name="Items">The newest first.</param>
internal sealed record AlarmList(IReadOnlyList<Alarm> Items);
