using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Subjects;

/// <summary>Gives participants the wrapped key that a command's values are encrypted with.</summary>
internal static class SubjectKeyEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/{key}", Get)
            .WithName("getSubjectKey")
            .WithSummary("The wrapped key that values are encrypted with")
            .WithDescription(
                "For participants. Only who has the ring of keys can unwrap it. Without 'wrapped' the key is forgotten, and so "
                    + "are the values."
            )
            .Produces<SubjectKey>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(string key, SagaSubjects subjects, CancellationToken cancellationToken)
    {
        if (await subjects.Key(key, cancellationToken) is not { } kept)
        {
            return Problem.Of(
                ProblemTypes.UnknownSubjectKey,
                "No subject's key has this name here, and none that was forgotten had it. Ask the orchestrator that sent the command."
            );
        }

        var wrapped = kept.Wrapped;
        return ApiJson.Answer(new SubjectKey(key, wrapped?.WrappingKey, wrapped is null ? null : Convert.ToBase64String(wrapped.Bytes)));
    }
}

/// <summary>A key of a subject, as it is kept.</summary>
/// <param name="Id">Its name, which each encrypted value has.</param>
/// <param name="WrappingKey">The name of the key that wraps it; null when it is gone.</param>
/// <param name="Wrapped">Nonce, encrypted key and tag in base64; null when it is gone.</param>
internal sealed record SubjectKey(string Id, string? WrappingKey, string? Wrapped);
