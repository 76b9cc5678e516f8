using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Explanations.Diagrams;
using SagaOrchestrator.Explanations.Plans;
using SagaOrchestrator.Http.Diagram;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Http.Plans;

/// <summary>Plan versions: which there are, who is under way on them, and what they say.</summary>
internal static class PlansEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/", List)
            .WithName("listPlans")
            .WithSummary("Plan versions, and how many sagas are under way on each")
            .WithDescription(
                "Those of this node, and those that its database knows of. findings say what is to be done about one, for example that no "
                    + "saga needs it any more."
            )
            .Produces<PlanList>();
        var one = api.MapGroup("/{type}/{version:int}");
        one.MapGet("/", Get)
            .WithName("getPlan")
            .WithSummary("A plan version: its steps, times and columns")
            .Produces<PlanDetails>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/differences", Compare)
            .WithName("comparePlans")
            .WithSummary("What a plan version says otherwise than another")
            .WithDescription(
                "from is the version to compare with; the one before when left out. What is about the structure needs a version of its "
                    + "own; the rest may be changed while sagas run."
            )
            .Produces<PlanComparison>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/diagram", Draw)
            .WithName("drawPlan")
            .WithSummary("A plan version's steps as a picture")
            .WithDescription(DiagramAnswer.Description)
            .Produces<string>(StatusCodes.Status200OK, DiagramAnswer.Svg, DiagramAnswer.Mermaid)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);
    }

    public static async Task<IResult> List(HttpContext http, SagaPlans plans, CancellationToken cancellationToken)
    {
        var paths = ApiPaths.Of(http);
        return ApiJson.Answer(new PlanList([.. (await plans.Read(cancellationToken)).Select(plan => PlanItem.Of(plan, paths))]));
    }

    public static async Task<IResult> Get(
        string type,
        int version,
        HttpContext http,
        SagaPlans plans,
        CancellationToken cancellationToken
    ) =>
        await plans.Find(type, version, cancellationToken) is { } plan
            ? ApiJson.Answer(PlanDetails.Of(plan, ApiPaths.Of(http)))
            : Unknown(http);

    private static async Task<IResult> Compare(
        string type,
        int version,
        [WholeNumber(1, int.MaxValue)] string? from,
        HttpContext http,
        SagaPlans plans,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var other = read.Number("from", from, version - 1, 1, int.MaxValue);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var known = (await plans.Read(cancellationToken)).Where(plan => plan.Type == type).ToDictionary(plan => plan.Version);
        return (known.GetValueOrDefault(other), known.GetValueOrDefault(version)) switch
        {
            (_, null) => Unknown(http),
            (null, _) => Problem.Invalid("from", string.Create(CultureInfo.InvariantCulture, $"There is no version {other} of this plan.")),
            ({ Plan: null }, _) => throw NotHere(type, other),
            (_, { Plan: null }) => throw NotHere(type, version),
            ({ Plan: { } former }, { Plan: { } plan }) => ApiJson.Answer(
                PlanComparison.Of(type, other, version, PlanDifferences.Between(former, plan))
            ),
        };
    }

    private static async Task<IResult> Draw(
        string type,
        int version,
        [Word("svg", "mermaid")] string? format,
        HttpContext http,
        SagaPlans plans,
        CancellationToken cancellationToken
    )
    {
        var (form, problem) = DiagramAnswer.FormOf(format, http.Request);
        if (form is null)
        {
            return problem!;
        }

        return await plans.Find(type, version, cancellationToken) switch
        {
            null => Unknown(http),
            { Plan: null } => throw NotHere(type, version),
            { Plan.Definition: { } plan } => DiagramAnswer.Of(
                http,
                form,
                form == DiagramAnswer.Svg ? SvgDiagram.Of(plan) : MermaidDiagram.Of(plan)
            ),
        };
    }

    private static ProblemAnswer Unknown(HttpContext http) =>
        Problem.Of(
            ProblemTypes.UnknownPlanVersion,
            $"Neither this node nor its database knows it. GET {ApiPaths.Of(http).Plans} lists those that there are."
        );

    private static NotOnThisNodeException NotHere(string type, int version) =>
        new($"This node does not have plan '{type}' version {version}. Ask a node that does.");
}
