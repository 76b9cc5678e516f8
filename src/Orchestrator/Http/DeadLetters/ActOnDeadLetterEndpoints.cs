using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.DeadLetters;

/// <summary>What an operator can do with a dead letter. Each action is kept with who, when, why and what came of it.</summary>
internal static class ActOnDeadLetterEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Describe<RedriveRequest>(api.MapBody("/{id:guid}/redrive", Redrive), "redriveDeadLetter", "Send a dead letter to its queue again")
            .WithDescription(
                "With 'body', the whole envelope as text, that one goes in its place, under a new message id and with the header "
                    + "dead-letter-edited-by. The original is kept."
            );
        Describe<OperatorRequest>(api.MapBody("/{id:guid}/discard", Discard), "discardDeadLetter", "Drop a dead letter")
            .WithDescription("It is taken off its dead-letter queue. Its copy stays until it is older than ended sagas are kept.");
    }

    private static async Task<IResult> Redrive(
        Guid id,
        HttpRequest http,
        SagaDeadLetters letters,
        TimeProvider clock,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<RedriveRequest>(http, limits, cancellationToken, limits.StartBytes);
        if (read.Value is not { } asked)
        {
            return read.Problem!;
        }

        var answer = asked.Body.Body is { } body
            ? await letters.RedriveEdited(id, body, asked.Note, cancellationToken)
            : (await letters.Redrive([id], asked.Note, cancellationToken))[id];
        return await Answer(id, answer, http.HttpContext, letters, clock);
    }

    private static async Task<IResult> Discard(
        Guid id,
        HttpRequest http,
        SagaDeadLetters letters,
        TimeProvider clock,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        if (read.Value is not { } asked)
        {
            return read.Problem!;
        }

        var answers = await letters.Discard([id], asked.Note, cancellationToken);
        return await Answer(id, answers[id], http.HttpContext, letters, clock);
    }

    private static async Task<IResult> Answer(
        Guid id,
        DeadLetterAnswer answer,
        HttpContext http,
        SagaDeadLetters letters,
        TimeProvider clock
    )
    {
        var paths = ApiPaths.Of(http);
        if (answer is not DeadLetterAnswer.Done)
        {
            return DeadLetterProblems.Of(answer, id, http, paths);
        }

        var letter = await letters.Get(id, CancellationToken.None);
        return ApiJson.Answer(DeadLetterStatus.Of(letter!, await letters.Actions(id, CancellationToken.None), clock.GetUtcNow(), paths));
    }

    private static RouteHandlerBuilder Describe<TBody>(RouteHandlerBuilder endpoint, string name, string summary)
        where TBody : OperatorRequest =>
        endpoint
            .WithName(name)
            .WithSummary(summary)
            .TakesBody<TBody>()
            .Produces<DeadLetterStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
