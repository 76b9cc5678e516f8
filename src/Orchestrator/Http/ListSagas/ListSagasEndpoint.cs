using System.Globalization;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.ListSagas;

internal static class ListSagasEndpoint
{
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", List)
            .WithName("listSagas")
            .WithSummary("Sagas that match every filter, newest first")
            .WithDescription(
                "Several values of a filter are separated by commas. Columns that plans declare are filters too: column.NAME, "
                    + "column.NAME.from, column.NAME.before. Pages: limit from 1 to 500, and as cursor the 'next' or 'previous' of a "
                    + "page. A change is in the lists about a second later; a query by key is answered from the sagas themselves. "
                    + "fields=id,state leaves the others out. count=true adds how many there are."
            )
            .WithMetadata(ColumnParameters.Taken)
            .Produces<PageAnswer<SagaItem>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> List(
        HttpContext http,
        SagaSearch search,
        [AsParameters] ListParameters asked,
        string? cursor,
        string? limit,
        string? fields,
        string? count,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var query = new ListQuery(read).Of(asked, http.Request.Query);
        var size = PageSize(limit);
        var place = cursor is null ? null : PageCursor.Read(cursor, query);
        var names = fields?.Split(',') ?? [];
        FieldError[] errors = [.. read.Errors, .. Objections(size, cursor is null || place is not null, names, count)];
        if (errors.Length > 0)
        {
            return Problem.Invalid(errors);
        }

        try
        {
            var page = await search.Find(query, place, size!.Value, cancellationToken);
            var total = count == "true" ? await search.Total(query, cancellationToken) : null;
            var items = page.Sagas.Select(saga => SagaItem.Of(saga, ApiPaths.Of(http))).ToList();
            return names.Length == 0
                ? Answer(items, page, query, total)
                : Answer([.. items.Select(item => SagaFields.Only(item, names))], page, query, total);
        }
        catch (InvalidQueryException exception)
        {
            return Problem.Invalid(ColumnParameters.Prefix + exception.Filter, exception.Message);
        }
    }

    private static int? PageSize(string? limit) =>
        limit is null ? 50
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestPage ? size
        : null;

    private static IEnumerable<FieldError> Objections(int? size, bool isPlace, IReadOnlyCollection<string> fields, string? count)
    {
        if (size is null)
        {
            yield return new FieldError("limit", $"The limit is a whole number from 1 to {LargestPage}.");
        }

        if (!isPlace)
        {
            yield return new FieldError(
                "cursor",
                "The cursor is not one that this API gave for a list in this order. Take 'next' or 'previous' of a page, or leave it out."
            );
        }

        if (fields.Except(SagaFields.Names).Any())
        {
            yield return new FieldError("fields", $"Give some of: {string.Join(", ", SagaFields.Names)}.");
        }

        if (count is not (null or "true" or "false"))
        {
            yield return new FieldError("count", "Give true or false.");
        }
    }

    private static IResult Answer<T>(IReadOnlyList<T> items, SagaPage page, SagaQuery query, SagaTotal? total)
    {
        string? Cursor(SagaPlace? place) => place is null ? null : PageCursor.Write(place, query);
        return ApiJson.Answer(new PageAnswer<T>(items, Cursor(page.Next), Cursor(page.Previous), total?.Count, total?.IsExact));
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order that was asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Previous">The cursor of the page before; null on the first.</param>
/// <param name="Count">How many match, when that was asked for.</param>
/// <param name="CountIsExact">Whether it is exactly so many; else it is at least so many.</param>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next, string? Previous, long? Count, bool? CountIsExact);
