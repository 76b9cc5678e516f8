using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Audit;

/// <summary>What the auditor looked at and found.</summary>
internal static class AuditEndpoint
{
    private const int UsualPage = 20;
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", Read)
            .WithName("readAudit")
            .WithSummary("What the auditor looked at, found and repaired")
            .WithDescription(
                "The auditor looks for what must not be: a saga that waits without a timer, a command that is nowhere, a participant that "
                    + "remembers something else than the saga says, rows that contradict one another. It repairs what it safely can; of "
                    + "the rest an alarm of the kind audit stands. limit is for runs and for findings."
            )
            .Produces<AuditReview>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Read(
        SagaAuditor auditor,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        return read.Errors.Count > 0 ? Problem.Invalid(read.Errors) : ApiJson.Answer(await auditor.Read(size, cancellationToken));
    }
}
