using SagaOrchestrator.Documents;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.PlanDocuments;

/// <summary>Plans as documents: registered, read and tested. In memory there is nothing to keep them in.</summary>
internal static class PlanDocumentEndpoints
{
    // A document and what JSON makes of its quotes and breaks.
    private const int MostBytes = 2 * 256 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<SagaPlanDocuments>().CanBeRegistered)
        {
            return;
        }

        RouteGroupBuilder Group(SagaRole role) => app.MapGroup(Routes.PlanDocuments).WithTags("Plans").WithAccess(role);
        MapReads(Group(SagaRole.Read).WithReadDeadline());
        Describe<PlanDocumentText>(
                Group(SagaRole.Administer).WithReadDeadline().MapBody("/test", Test),
                "testPlanDocument",
                "Check a plan document, and run its scenarios"
            )
            .WithDescription("In virtual time; nothing is sent and nothing is kept. findings say what is wrong, by line, path and rule.")
            .Produces<PlanDocumentReport>();
        Describe<PlanDocumentRequest>(Group(SagaRole.Administer).MapBody("/", Register), "registerPlanDocument", "Register a plan document")
            .WithDescription(
                "Starts use its version from now on, and every node has it in a few seconds. Sagas under way stay on theirs. One that says "
                    + "the same as one that is there changes nothing; one that says otherwise needs another version."
            )
            .Produces<PlanDocumentStatus>()
            .Produces<PlanDocumentStatus>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static void MapReads(RouteGroupBuilder reads)
    {
        reads
            .MapGet("/", List)
            .WithName("listPlanDocuments")
            .WithSummary("The plan documents that were registered, the oldest first")
            .Produces<PlanDocumentList>();
        reads
            .MapGet("/schema", () => TypedResults.Text(PlanDocument.Schema, "application/schema+json", System.Text.Encoding.UTF8))
            .WithName("getPlanDocumentSchema")
            .WithSummary("The JSON Schema of plan documents, for editors")
            .Produces<string>(StatusCodes.Status200OK, "application/schema+json");
        reads
            .MapGet("/{type}/{version:int}", Get)
            .WithName("getPlanDocument")
            .WithSummary("A plan document as it was written")
            .Produces<PlanDocumentStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe<TBody>(RouteHandlerBuilder endpoint, string name, string summary)
        where TBody : notnull =>
        endpoint.WithName(name).WithSummary(summary).TakesBody<TBody>().ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> List(HttpContext http, SagaPlanDocuments documents, CancellationToken cancellationToken)
    {
        var paths = ApiPaths.Of(http);
        return ApiJson.Answer(
            new PlanDocumentList([
                .. (await documents.List(cancellationToken)).Select(document =>
                    PlanDocumentStatus.Of(document, paths) with
                    {
                        Document = null,
                    }
                ),
            ])
        );
    }

    private static async Task<IResult> Get(
        string type,
        int version,
        HttpContext http,
        SagaPlanDocuments documents,
        CancellationToken cancellationToken
    ) =>
        await documents.Find(type, version, cancellationToken) is { } document
            ? ApiJson.Answer(PlanDocumentStatus.Of(document, ApiPaths.Of(http)))
            : PlanDocumentProblems.Unknown(ApiPaths.Of(http));

    private static async Task<IResult> Test(HttpRequest http, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var received = await RequestBody.Read<PlanDocumentText>(http, Wide(limits), cancellationToken, MostBytes);
        return received.Value is { } body
            ? ApiJson.Answer(PlanDocumentReport.Of(PlanDocument.Read(body.Document), cancellationToken))
            : received.Problem!;
    }

    private static async Task<IResult> Register(
        HttpRequest http,
        SagaPlanDocuments documents,
        IntakeLimits limits,
        CancellationToken cancellationToken
    )
    {
        var read = await NotedBody.Read<PlanDocumentRequest>(http, Wide(limits), cancellationToken, MostBytes);
        if (read.Value is not { } asked)
        {
            return read.Problem!;
        }

        var paths = ApiPaths.Of(http.HttpContext);
        return await documents.Register(asked.Body.Document, asked.Note, cancellationToken) switch
        {
            PlanDocumentAnswer.Registered registered => Created(http.HttpContext, PlanDocumentStatus.Of(registered.Document, paths)),
            PlanDocumentAnswer.Unchanged unchanged => ApiJson.Answer(PlanDocumentStatus.Of(unchanged.Document, paths)),
            PlanDocumentAnswer.Invalid invalid => PlanDocumentProblems.Invalid(invalid.Findings),
            PlanDocumentAnswer.Changed changed => PlanDocumentProblems.Changed(changed.Document, paths),
            PlanDocumentAnswer.Refused refused => PlanDocumentProblems.Refused(refused.Reason),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is new here."),
        };
    }

    private static IResult Created(HttpContext http, PlanDocumentStatus document)
    {
        http.Response.Headers.Location = document.Href;
        return ApiJson.Answer(document, StatusCodes.Status201Created);
    }

    // A document is a text that is longer than texts in other bodies.
    private static IntakeLimits Wide(IntakeLimits limits) => limits with { TextCharacters = Math.Max(limits.TextCharacters, MostBytes) };
}
