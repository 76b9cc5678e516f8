using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Breakers;

/// <summary>What is known of participants and saga types, and what an operator can stop (rule S38).</summary>
internal static class BreakerEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var participants = app.MapGroup(Routes.Participants).WithTags("Breakers");
        participants.MapGet("/", (ParticipantBreakers breakers) => TypedResults.Ok(new ParticipantList([.. breakers.Statuses.Select(ParticipantStatus.Of)])))
            .WithName("listParticipants").WithSummary("Participants and their breakers")
            .WithDescription("As this node sees them. While a breaker is not closed, no attempt is spent and no step is given up for its participant.");
        var types = app.MapGroup(Routes.SagaTypes).WithTags("Breakers");
        types.MapGet("/", (PlanCatalogue plans, ParticipantBreakers breakers) => TypedResults.Ok(new SagaTypeList(
                [.. plans.Newest.Select(plan => SagaTypeStatus.Of(plan.Type, breakers.StopOf(plan.Type))).OrderBy(type => type.Type, StringComparer.Ordinal)])))
            .WithName("listSagaTypes").WithSummary("Saga types, and whether they can be started");
        if (app.ServiceProvider.GetService<IBreakerSettings>() is not null)
        {
            MapSettings(participants, types);
        }
    }

    // In memory there is nothing to keep a setting in.
    private static void MapSettings(RouteGroupBuilder participants, RouteGroupBuilder types)
    {
        Describe(participants.MapPost("/{name}/breaker", SetParticipant), "setParticipantBreaker", "Stop sending to a participant, or go on")
            .WithDescription("'open' sends nothing to it until it is set to something else; 'closed' takes it for there whatever is seen; 'automatic' goes by what is seen.")
            .Produces<ParticipantStatus>();
        Describe(types.MapPost("/{type}/breaker", SetSagaType), "setSagaTypeBreaker", "Stop starting sagas of a type, or go on")
            .WithDescription("'open' answers starts over REST with 503 and lets those by message wait; 'closed' and 'automatic' start them. Sagas that run go on.")
            .Produces<SagaTypeStatus>();
    }

    private static async Task<IResult> SetParticipant(
        string name, HttpRequest http, ParticipantBreakers breakers, BreakerDesk desk, IntakeLimits limits, CancellationToken cancellationToken)
    {
        if (breakers.StatusOf(name) is null)
        {
            return Problem.Of(
                ProblemTypes.UnknownParticipant, $"The name in the path is not one of: {string.Join(", ", breakers.Names)}. Nothing was changed.", ("field", "name"));
        }

        return await Set(BreakerKind.Participant, name, http, desk, limits, cancellationToken) ?? TypedResults.Ok(ParticipantStatus.Of(breakers.StatusOf(name)!));
    }

    private static async Task<IResult> SetSagaType(
        string type, HttpRequest http, PlanCatalogue plans, ParticipantBreakers breakers, BreakerDesk desk, IntakeLimits limits, CancellationToken cancellationToken)
    {
        if (plans.Find(type) is null)
        {
            return Problem.UnknownType(plans.Newest.Select(known => known.Type));
        }

        return await Set(BreakerKind.SagaType, type, http, desk, limits, cancellationToken) ?? TypedResults.Ok(SagaTypeStatus.Of(type, breakers.StopOf(type)));
    }

    // Null when it was set.
    private static async Task<IResult?> Set(
        BreakerKind kind, string name, HttpRequest http, BreakerDesk desk, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var read = await RequestBody.Read<BreakerRequest>(http, limits, cancellationToken);
        if (read.Problem is { } problem)
        {
            return problem;
        }

        var body = read.Value;
        await desk.Set(new BreakerSetting(kind, name, body.State, body.By, body.Reason, DateTimeOffset.UtcNow), cancellationToken);
        return null;
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name).WithSummary(summary)
        .Accepts<BreakerRequest>("application/json")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
