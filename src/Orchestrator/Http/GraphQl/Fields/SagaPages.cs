using System.Text.Json;
using GraphQL.DataLoader;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>The list of sagas as pages of Relay: filters, bounds and cursors are those of <see cref="ListSagasEndpoint"/>.</summary>
internal static class SagaPages
{
    private const string First = "first";
    private const string Last = "last";
    private const string After = "after";
    private const string Before = "before";

    public static async Task<object?> Read(FieldRead field)
    {
        var reader = new ParameterReader();
        var query = new ListQuery(reader).Of(ParametersOf(field), Columns(field));
        var asked = Asked(field, reader, query);
        if (reader.Errors.Count > 0)
        {
            throw new RefusedRead(Problem.Invalid(reader.Errors));
        }

        var search = field.Service<SagaSearch>();
        try
        {
            var page = await asked.Read(search, query, field.Cancelled);
            var paths = ApiPaths.Of(field.Http);
            var edges = page.Sagas.Select(saga => new Edge<SagaItem>(
                PageCursor.Write(SagaSearch.PlaceOf(query, saga, backwards: false), query),
                SagaItem.Of(saga, paths)
            ));
            var connection = Connection<SagaItem>.Of([.. edges], page.Next is not null, page.Previous is not null);
            return new SagaPageSource(JsonSerializer.SerializeToElement(connection, ApiJson.Options), query);
        }
        catch (InvalidQueryException exception)
        {
            throw new RefusedRead(Problem.Invalid(ColumnParameters.Prefix + exception.Filter, exception.Message));
        }
    }

    public static async Task<object?> Total(FieldRead field)
    {
        var total = await field.Service<SagaSearch>().Total(((SagaPageSource)field.Source!).Query, field.Cancelled);
        return JsonSerializer.SerializeToElement(total, ApiJson.Options);
    }

    public static async Task<object?> Amounts(FieldRead field)
    {
        var amounts = await field.Service<SagaSearch>().Amounts(((SagaPageSource)field.Source!).Query, field.Cancelled);
        return JsonSerializer.SerializeToElement(amounts, ApiJson.Options);
    }

    private static ListParameters ParametersOf(FieldRead field) =>
        new(
            field.Filter("type"),
            field.Filter("version"),
            field.Filter("state"),
            field.Filter("step"),
            field.Filter("participant"),
            field.Filter("waitsFor"),
            field.Filter("waitsLongerThan"),
            field.Filter("errorStep"),
            field.Filter("errorCode"),
            field.Filter("stuckCode"),
            field.Filter("verdict"),
            field.Filter("key"),
            field.Filter("keyPrefix"),
            field.Filter("startedFrom"),
            field.Filter("startedBefore"),
            field.Filter("updatedFrom"),
            field.Filter("updatedBefore"),
            field.Filter("endedFrom"),
            field.Filter("endedBefore"),
            field.Filter("undone"),
            field.Filter("stuck"),
            field.Filter("deadLetters"),
            field.Text("sort")
        );

    private static QueryCollection Columns(FieldRead field) =>
        new(
            field
                .FilterObjects("columns")
                .SelectMany(column =>
                    new[] { ("value", string.Empty), ("from", ColumnParameters.From), ("before", ColumnParameters.Before) }
                        .Where(part => column.TryGetValue(part.Item1, out var value) && value is not null)
                        .Select(part =>
                            (Name: $"{ColumnParameters.Prefix}{column["name"]}{part.Item2}", Value: column[part.Item1]!.ToString())
                        )
                )
                .GroupBy(part => part.Name, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group => new Microsoft.Extensions.Primitives.StringValues(group.Last().Value),
                    StringComparer.Ordinal
                )
        );

    private static AskedPage Asked(FieldRead field, ParameterReader reader, SagaQuery query)
    {
        var isBackwards = field.Text(Last) is not null || field.Text(Before) is not null;
        var (size, place) = isBackwards ? (Last, Before) : (First, After);
        if (isBackwards && (field.Text(First) is not null || field.Text(After) is not null))
        {
            reader.Refuse(Last, "Give first and after, or last and before.");
        }

        var cursor = field.Text(place);
        var start = cursor is null ? null : PageCursor.Read(cursor, query);
        if (cursor is not null && start is null)
        {
            reader.Refuse(place, "The cursor is not one that this API gave for this order. Take one of a page, or leave it out.");
        }

        var limit = reader.Number(size, field.Text(size), ListSagasEndpoint.UsualPage, 1, ListSagasEndpoint.LargestPage);
        return new AskedPage(limit, start is null ? null : start with { Backwards = isBackwards }, isBackwards);
    }

    private sealed record AskedPage(int Limit, SagaPlace? From, bool IsBackwards)
    {
        public async Task<SagaPage> Read(SagaSearch search, SagaQuery query, CancellationToken cancellationToken)
        {
            if (!IsBackwards || From is not null)
            {
                return await search.Find(query, From, Limit, cancellationToken);
            }

            // The end of the list is the beginning of the same list in the other order.
            var turned = await search.Find(query with { OldestFirst = !query.OldestFirst }, from: null, Limit, cancellationToken);
            return new SagaPage([.. turned.Sagas.Reverse()], turned.Previous, turned.Next);
        }
    }
}

/// <summary>A page of sagas, and what found it.</summary>
/// <param name="Json">The page.</param>
/// <param name="Query">What found it.</param>
internal sealed record SagaPageSource(JsonElement Json, SagaQuery Query) : IJsonSource;
