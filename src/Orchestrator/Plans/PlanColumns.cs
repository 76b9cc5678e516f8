using System.Text.Json;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Plans;

/// <summary>The columns of one plan, and how they are read from a saga's data.</summary>
internal sealed partial class PlanColumns<TStart>
    where TStart : class
{
    private readonly List<(BusinessColumn Column, Func<TStart, object?> Read)> columns = [];

    public IReadOnlyList<BusinessColumn> All => [.. columns.Select(column => column.Column)];

    public void Add(BusinessColumn column, Func<TStart, object?> read)
    {
        if (!Name().IsMatch(column.Name))
        {
            throw new ArgumentException(
                $"The column '{column.Name}' cannot be called so. Use 1 to 50 small letters, digits and underscores, beginning with a "
                    + $"letter.",
                nameof(column)
            );
        }

        if (columns.Exists(other => other.Column.Name == column.Name))
        {
            throw new ArgumentException($"Two columns are called '{column.Name}'. Give one of them another name.", nameof(column));
        }

        columns.Add((column, read));
    }

    public IReadOnlyDictionary<string, JsonElement> Of(TStart data)
    {
        var values = new Dictionary<string, JsonElement>(columns.Count, StringComparer.Ordinal);
        foreach (var (column, read) in columns)
        {
            if (read(data) is { } value)
            {
                values[column.Name] = ColumnValue.Of(value);
            }
        }

        return values;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,49}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
