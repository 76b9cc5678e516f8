using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Breakers;

/// <summary>What is known of participants and saga types, and what an operator can stop (rule S38).</summary>
internal static class BreakerEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var participants = app.MapGroup(Routes.Participants).WithTags("Breakers").WithAccess(SagaRole.Read);
        participants
            .MapGet("/", ListParticipantsEndpoint.List)
            .Produces<ParticipantList>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithName("listParticipants")
            .WithSummary("Participants: their breakers, and what they answer")
            .WithDescription(
                "Breakers are as this node sees them. While one is not closed, no attempt is spent and no step is given up for its "
                    + "participant. answers are those to all nodes in the hours from 'from' to 'before', this hour and the one before when "
                    + "left out; they are not there while the database is away."
            );
        var types = app.MapGroup(Routes.SagaTypes).WithTags("Breakers").WithAccess(SagaRole.Read);
        types
            .MapGet("/", ListTypes)
            .Produces<SagaTypeList>()
            .WithName("listSagaTypes")
            .WithSummary("Saga types, and whether they can be started");
        if (app.ServiceProvider.GetRequiredService<SagaBreakers>().CanBeSet)
        {
            MapSettings(
                app.MapGroup(Routes.Participants).WithTags("Breakers").WithAccess(SagaRole.Operate),
                app.MapGroup(Routes.SagaTypes).WithTags("Breakers").WithAccess(SagaRole.Operate)
            );
        }
    }

    /// <summary>Saga types.</summary>
    public static IResult ListTypes(PlanCatalogue plans, SagaBreakers breakers) =>
        ApiJson.Answer(
            new SagaTypeList([
                .. plans
                    .Newest.Select(plan => SagaTypeStatus.Of(plan.Type, breakers.StopOf(plan.Type)))
                    .OrderBy(type => type.Type, StringComparer.Ordinal),
            ])
        );

    // In memory there is nothing to keep a setting in.
    private static void MapSettings(RouteGroupBuilder participants, RouteGroupBuilder types)
    {
        Describe(
                participants.MapBody("/{name}/breaker", SetParticipant),
                "setParticipantBreaker",
                "Stop sending to a participant, or go on"
            )
            .WithDescription(
                "'open' sends nothing to it until it is set to something else; 'closed' takes it for there whatever is seen; 'automatic' "
                    + "goes by what is seen."
            )
            .Produces<ParticipantStatus>();
        Describe(types.MapBody("/{type}/breaker", SetSagaType), "setSagaTypeBreaker", "Stop starting sagas of a type, or go on")
            .WithDescription(
                "'open' answers starts over REST with 503 and lets those by message wait; 'closed' and 'automatic' start them. Sagas that "
                    + "run go on."
            )
            .Produces<SagaTypeStatus>();
    }

    private static async Task<IResult> SetParticipant(
        string name,
        HttpRequest http,
        SagaBreakers breakers,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        if (breakers.OfParticipant(name) is null)
        {
            var known = breakers.Participants.Select(breaker => breaker.Participant);
            return Problem.Of(
                ProblemTypes.UnknownParticipant,
                $"The name in the path is not one of: {string.Join(", ", known)}. Nothing was changed.",
                ("field", "name")
            );
        }

        var read = await NotedBody.Read<BreakerRequest>(http, limits, cancellationToken);
        return read.Value is { } asked
            ? ApiJson.Answer(ParticipantStatus.Of((await breakers.SetParticipant(name, asked.Body.State, asked.Note, cancellationToken))!))
            : read.Problem!;
    }

    private static async Task<IResult> SetSagaType(
        string type,
        HttpRequest http,
        PlanCatalogue plans,
        SagaBreakers breakers,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        if (plans.Find(type) is null)
        {
            return Problem.UnknownType(plans.Newest.Select(known => known.Type));
        }

        var read = await NotedBody.Read<BreakerRequest>(http, limits, cancellationToken);
        if (read.Value is not { } asked)
        {
            return read.Problem!;
        }

        await breakers.SetSagaType(type, asked.Body.State, asked.Note, cancellationToken);
        return ApiJson.Answer(SagaTypeStatus.Of(type, breakers.StopOf(type)));
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint
            .WithName(name)
            .WithSummary(summary)
            .TakesBody<BreakerRequest>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
}
