using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Failures;

/// <summary>Why sagas fail, by cause.</summary>
internal static class FailuresEndpoint
{
    private const int LargestPage = 200;
    private const int UsualPage = 50;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", Read)
            .WithName("groupFailures")
            .WithSummary("Why sagas failed or are failing: by type, step and code, the most first")
            .WithDescription(
                "Of sagas that changed last within from and before; of the last day when they are left out. Each group has an example, "
                    + "and the list that has all of it."
            )
            .Produces<FailureList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<IResult> Read(
        HttpContext http,
        SagaSearch search,
        TimeProvider clock,
        [Several] string? type,
        [Time] string? from,
        [Time] string? before,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var end = read.Time("before", before) ?? clock.GetUtcNow();
        var range = new TimeRange(read.Time("from", from) ?? end - Usual, end);
        var types = read.Values("type", type);
        if (range.From >= range.Before)
        {
            read.Refuse("from", "Give a time before 'before'.");
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var groups = await search.Failures(types, range, size, cancellationToken);
        var paths = ApiPaths.Of(http);
        return ApiJson.Answer(new FailureList([.. groups.Select(group => FailureItem.Of(group, paths))]));
    }
}

/// <summary>Causes of failures.</summary>
/// <param name="Items">The most first.</param>
internal sealed record FailureList(IReadOnlyList<FailureItem> Items);

/// <summary>Sagas that failed, or are failing, for one cause.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Step">At which step.</param>
/// <param name="Code">With which code.</param>
/// <param name="Count">How many.</param>
/// <param name="UnderWay">How many of them have not ended yet.</param>
/// <param name="First">When the first of them changed last.</param>
/// <param name="Last">When the last of them changed last.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record FailureItem(
    string Type,
    string Step,
    string Code,
    int Count,
    int UnderWay,
    DateTimeOffset First,
    DateTimeOffset Last,
    FailureLinks Links
)
{
    public static FailureItem Of(FailureGroup group, ApiPaths paths)
    {
        var (type, step, code) = (Uri.EscapeDataString(group.Type), Uri.EscapeDataString(group.Step), Uri.EscapeDataString(group.Code));
        return new FailureItem(
            group.Type,
            group.Step,
            group.Code,
            group.Count,
            group.UnderWay,
            group.First,
            group.Last,
            new FailureLinks(
                $"{paths.Sagas}/{type}/{Uri.EscapeDataString(group.Example)}",
                $"{paths.Sagas}?type={type}&errorStep={step}&errorCode={code}"
            )
        );
    }
}

/// <summary>Paths to follow.</summary>
/// <param name="Example">The status of one of them.</param>
/// <param name="Sagas">The list that has all of them, and older ones of the same cause.</param>
internal sealed record FailureLinks(string Example, string Sagas);
