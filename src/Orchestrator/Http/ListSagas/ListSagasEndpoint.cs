using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.ListSagas;

internal static class ListSagasEndpoint
{
    public const int LargestPage = 500;
    public const int UsualPage = 50;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", List)
            .WithName("listSagas")
            .WithSummary("Sagas that match every filter, newest first")
            .WithDescription(
                "Several values of a filter are separated by commas. Columns that plans declare are filters too: column.NAME, "
                    + "column.NAME.from, column.NAME.before. Pages: limit from 1 to 500, and as cursor the 'next' or 'previous' of a "
                    + "page. A change is in the lists about a second later; a query by key is answered from the sagas themselves. "
                    + "fields=id,state leaves the others out. count=true adds how many there are, "
                    + "amounts=true what their columns of money come to."
            )
            .WithMetadata(ColumnParameters.Taken)
            .Produces<PageAnswer<SagaItem>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> List(
        HttpContext http,
        SagaSearch search,
        [AsParameters] ListParameters asked,
        string? cursor,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        [Several] string? fields,
        [Flag] string? count,
        [Flag] string? amounts,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var query = new ListQuery(read).Of(asked, http.Request.Query);
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var place = cursor is null ? null : PageCursor.Read(cursor, query);
        if (cursor is not null && place is null)
        {
            read.Refuse(
                "cursor",
                "The cursor is not one that this API gave for a list in this order. Take 'next' or 'previous' of a page, or leave it out."
            );
        }

        var names = fields?.Split(',') ?? [];
        if (names.Except(SagaFields.Names).Any())
        {
            read.Refuse("fields", $"Give some of: {string.Join(", ", SagaFields.Names)}.");
        }

        var (isCounted, isSummed) = (read.Flag("count", count) == true, read.Flag("amounts", amounts) == true);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        try
        {
            var page = await search.Find(query, place, size, cancellationToken);
            var totals = new ListTotals(
                isCounted ? await search.Total(query, cancellationToken) : null,
                isSummed ? await search.Amounts(query, cancellationToken) : null
            );
            var items = page.Sagas.Select(saga => SagaItem.Of(saga, ApiPaths.Of(http))).ToList();
            return names.Length == 0
                ? Answer(items, page, query, totals)
                : Answer([.. items.Select(item => SagaFields.Only(item, names))], page, query, totals);
        }
        catch (InvalidQueryException exception)
        {
            return Problem.Invalid(ColumnParameters.Prefix + exception.Filter, exception.Message);
        }
    }

    private static IResult Answer<T>(IReadOnlyList<T> items, SagaPage page, SagaQuery query, ListTotals totals)
    {
        string? Cursor(SagaPlace? place) => place is null ? null : PageCursor.Write(place, query);
        return ApiJson.Answer(
            new PageAnswer<T>(items, Cursor(page.Next), Cursor(page.Previous), totals.Count?.Count, totals.Count?.IsExact)
            {
                Amounts = totals.Amounts?.Sums,
                AmountsAreExact = totals.Amounts?.AreExact,
            }
        );
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order that was asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Previous">The cursor of the page before; null on the first.</param>
/// <param name="Count">How many match, when that was asked for.</param>
/// <param name="CountIsExact">Whether it is exactly so many; else it is at least so many.</param>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next, string? Previous, long? Count, bool? CountIsExact)
{
    /// <summary>What the columns of money of all that match come to, when that was asked for.</summary>
    public IReadOnlyList<SagaAmount>? Amounts { get; init; }

    /// <summary>Whether all that match are in the amounts; else the first 10,000 are, and they come to at least so much.</summary>
    public bool? AmountsAreExact { get; init; }
}

/// <summary>What was asked of all that match, beside the page.</summary>
internal sealed record ListTotals(SagaTotal? Count, SagaAmounts? Amounts);
