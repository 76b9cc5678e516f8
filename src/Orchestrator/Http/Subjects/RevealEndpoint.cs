using System.Text.Json;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Subjects;

/// <summary>Shows what is encrypted of a saga.</summary>
internal static class RevealEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapBody("/{id:guid}/reveal", Reveal)
            .WithName("revealSaga")
            .WithSummary("See what is encrypted of a saga")
            .WithDescription("Who saw it and why is in the operators' log before it is answered. Nothing else shows these values.")
            .TakesBody<OperatorRequest>()
            .Produces<RevealedValues>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Reveal(
        Guid id,
        HttpRequest http,
        SagaSubjects subjects,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        if (read.Value is not { } asked)
        {
            return read.Problem!;
        }

        return await subjects.Reveal(id, asked.Note, cancellationToken) is { } saga
            ? ApiJson.Answer(RevealedValues.Of(saga))
            : Problem.UnknownSaga(id, ApiPaths.Of(http.HttpContext));
    }
}

/// <summary>What is encrypted of a saga, readable.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Forgotten">Whether its subject was forgotten, so that nothing can be read any more.</param>
/// <param name="Values">What can be read; none when nothing of it is encrypted.</param>
internal sealed record RevealedValues(Guid Id, bool Forgotten, IReadOnlyList<RevealedMember> Values)
{
    public static RevealedValues Of(RevealedSaga saga) =>
        new(saga.Id, saga.IsForgotten, [.. saga.Values.Select(value => new RevealedMember(value.Document, value.Path, value.Value))]);
}

/// <summary>One value.</summary>
/// <param name="Document">Of what: <c>start</c>, or <c>result/STEP</c>.</param>
/// <param name="Path">In which member.</param>
/// <param name="Value">The value.</param>
internal sealed record RevealedMember(string Document, string Path, JsonElement Value);
