using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace SagaOrchestrator.Console.Api;

/// <summary>A filter as it stands in the address of a page: the API's parameters, those without a value left out.</summary>
internal sealed class PageFilter
{
    private const string Column = "column.";

    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads a filter of sagas.</summary>
    public static PageFilter OfSagas(string uri) =>
        Of(uri, name => FilterNames.Sagas.Contains(name) || name.StartsWith(Column, StringComparison.Ordinal));

    /// <summary>Reads a filter of dead letters.</summary>
    public static PageFilter OfLetters(string uri) => Of(uri, FilterNames.Letters.Contains);

    /// <summary>Reads a filter of what operators did.</summary>
    public static PageFilter OfActions(string uri) => Of(uri, FilterNames.Actions.Contains);

    public static PageFilter With(params (string Name, string? Value)[] values)
    {
        var filter = new PageFilter();
        foreach (var (name, value) in values)
        {
            if (!string.IsNullOrEmpty(value))
            {
                filter.values[name] = value;
            }
        }

        return filter;
    }

    public IReadOnlyDictionary<string, string> Values => values;

    public bool IsEmpty => values.Count == 0;

    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>As a query, with what belongs to no filter beside it.</summary>
    public string Query(params (string Name, string? Value)[] more) =>
        QueryHelpers.AddQueryString(
            string.Empty,
            values
                .Select(value => KeyValuePair.Create<string, string?>(value.Key, value.Value))
                .Concat(more.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value)))
        );

    private static PageFilter Of(string uri, Func<string, bool> isKnown)
    {
        var filter = new PageFilter();
        foreach (var (name, value) in QueryHelpers.ParseQuery(new Uri(uri).Query))
        {
            if (isKnown(name) && !StringValues.IsNullOrEmpty(value))
            {
                filter.values[name] = value.ToString().Trim();
            }
        }

        return filter;
    }
}
