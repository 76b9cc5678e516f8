using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Subjects;

/// <summary>Forgets whom sagas are about.</summary>
internal static class ForgetEndpoint
{
    private const int LongestSubject = 4000;

    public static void Map(RouteGroupBuilder api) =>
        api.MapBody("/{subject}/forget", Forget)
            .WithName("forgetSubject")
            .WithSummary("Forget a subject: delete the key of everything that is encrypted for it")
            .WithDescription(
                "For good. Its sagas go on, end and compensate; their plans and participants read empty values, within ten seconds on "
                    + "every node. A start that comes later gets a new key. The same request again changes nothing."
            )
            .TakesBody<OperatorRequest>()
            .Produces<ForgottenSubject>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Forget(
        string subject,
        HttpRequest http,
        SagaSubjects subjects,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        subject = RawPath.Segment(http.HttpContext, fromEnd: 2, subject);
        if (subject.Length is 0 or > LongestSubject)
        {
            return Problem.Invalid("subject", $"Give 1 to {LongestSubject} characters, as the member of the starts has them.");
        }

        var read = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        return read.Value is { } asked
            ? ApiJson.Answer(new ForgottenSubject(subject, await subjects.Forget(subject, asked.Note, cancellationToken)))
            : read.Problem!;
    }
}

/// <summary>A subject that is forgotten.</summary>
/// <param name="Subject">Who.</param>
/// <param name="HadKey">Whether there was a key, which this request has deleted. False for one that was forgotten before, or never
/// known.</param>
internal sealed record ForgottenSubject(string Subject, bool HadKey);
