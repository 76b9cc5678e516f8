using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// Rows of many units for one table, each with the number of its unit, so that only those of units that commit are inserted.
/// </summary>
internal sealed class MergedInsert
{
    private readonly PendingRow first;
    private readonly List<int> numbers = [];
    private readonly List<PendingRow> rows = [];

    private MergedInsert(PendingRow first) => this.first = first;

    /// <summary>What its statement depends on.</summary>
    public string Target => $"{first.Table} ({first.Columns})";

    /// <summary>How many parameters it has.</summary>
    public int Width => first.Values.Length + 1;

    public IEnumerable<NpgsqlParameter> Parameters
    {
        get
        {
            yield return new NpgsqlParameter { Value = numbers.ToArray() };
            for (var column = 0; column < first.Values.Length; column++)
            {
                yield return new NpgsqlParameter { Value = Column(column) };
            }
        }
    }

    public static IReadOnlyList<MergedInsert> Of(IReadOnlyList<GroupMember> members)
    {
        var merged = new SortedDictionary<string, MergedInsert>(StringComparer.Ordinal);
        for (var no = 0; no < members.Count; no++)
        {
            foreach (var row in members[no].Scope.Inserts)
            {
                var target = $"{row.Table} ({row.Columns}) {string.Join(' ', row.Values.Select(value => value.GetType().Name))}";
                if (!merged.TryGetValue(target, out var insert))
                {
                    merged.Add(target, insert = new MergedInsert(row));
                }

                insert.numbers.Add(no);
                insert.rows.Add(row);
            }
        }

        return [.. merged.Values];
    }

    /// <param name="from">The number of the first parameter.</param>
    public string Sql(int from) =>
        $"insert into {first.Table} ({first.Columns}) select {first.Columns} from "
        + $"unnest({string.Join(", ", Enumerable.Range(from, Width).Select(number => $"${number}"))})"
        + $" as e (unit_no, {first.Columns}) where unit_no = any (array(select no from done))";

    private Array Column(int column)
    {
        var values = Array.CreateInstance(first.Values[column].GetType(), rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            values.SetValue(rows[row].Values[column], row);
        }

        return values;
    }
}
