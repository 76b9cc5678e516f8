using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace SagaOrchestrator.Console.Api;

/// <summary>A filter of sagas as it stands in an address: the API's parameters, those without a value left out.</summary>
internal sealed class SagaFilter
{
    private const string Column = "column.";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "type",
        "version",
        "state",
        "key",
        "keyPrefix",
        "step",
        "waitsFor",
        "waitsLongerThan",
        "stuck",
        "errorStep",
        "errorCode",
        "stuckCode",
        "verdict",
        "undone",
        "startedFrom",
        "startedBefore",
        "updatedFrom",
        "updatedBefore",
        "endedFrom",
        "endedBefore",
    };

    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads the address of a page.</summary>
    public static SagaFilter Of(string uri)
    {
        var filter = new SagaFilter();
        foreach (var (name, value) in QueryHelpers.ParseQuery(new Uri(uri).Query))
        {
            if ((Known.Contains(name) || name.StartsWith(Column, StringComparison.Ordinal)) && !StringValues.IsNullOrEmpty(value))
            {
                filter.values[name] = value.ToString().Trim();
            }
        }

        return filter;
    }

    public static SagaFilter With(params (string Name, string? Value)[] values)
    {
        var filter = new SagaFilter();
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
}
