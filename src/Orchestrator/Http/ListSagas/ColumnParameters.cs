using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Filters by what plans declare: <c>column.total=440</c>, <c>column.total.from=100</c>, <c>column.total.before=500</c>.</summary>
internal static class ColumnParameters
{
    public const string Prefix = "column.";

    /// <summary>For the routes that take them.</summary>
    public static readonly TakesPrefixed Taken = new(Prefix);

    public const string From = ".from";
    public const string Before = ".before";

    public static IEnumerable<ColumnFilter> In(IQueryCollection query) =>
        query
            .Where(parameter => Taken.Takes(parameter.Key))
            .Select(parameter => (Name: parameter.Key[Prefix.Length..], Value: parameter.Value.ToString()))
            .Select(parameter =>
                parameter.Name switch
                {
                    var name when name.EndsWith(From, StringComparison.Ordinal) => new ColumnFilter(
                        name[..^From.Length],
                        Value: null,
                        From: parameter.Value
                    ),
                    var name when name.EndsWith(Before, StringComparison.Ordinal) => new ColumnFilter(
                        name[..^Before.Length],
                        Value: null,
                        Before: parameter.Value
                    ),
                    var name => new ColumnFilter(name, parameter.Value),
                }
            );
}
