using Spectre.Console;
using Spectre.Console.Rendering;

namespace SagaOrchestrator.Cli.Rendering;

/// <summary>
/// A table without lines: a row is a line for <c>grep</c>, as long as it fits. Where the terminal is too narrow for that, each row is a
/// block.
/// </summary>
internal sealed class Grid
{
    private const string Folds = "~";
    private const int Gap = 2;

    // With less, a column of words is a column of syllables.
    private const int NarrowestFold = 24;

    private readonly List<Text[]> rows = [];
    private readonly (string Head, bool Folds)[] columns;

    /// <param name="heads">The columns; one that begins with a tilde may be broken into several lines.</param>
    public Grid(params string[] heads) =>
        columns = [
            .. heads.Select(head => head.StartsWith(Folds, StringComparison.Ordinal) ? (head[Folds.Length..], true) : (head, false)),
        ];

    public int Rows => rows.Count;

    public Grid Row(params IRenderable[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"The row has {cells.Length} cells, and the table {columns.Length} columns.", nameof(cells));
        }

        rows.Add([.. cells.Cast<Text>()]);
        return this;
    }

    /// <summary>How it is shown in a terminal of a width.</summary>
    public IEnumerable<IRenderable> At(int width) => Needed() <= width || columns[0].Head.Length == 0 ? [Whole()] : rows.Select(Block);

    private int Needed() =>
        columns.Select((column, index) => Gap + (column.Folds ? Math.Min(Widest(index), NarrowestFold) : Widest(index))).Sum();

    private int Widest(int column) => rows.Select(row => row[column].Length).Append(columns[column].Head.Length).Max();

    private Table Whole()
    {
        var table = Make([.. columns.Select(column => (new Text(column.Head, Cells.Strong), column.Folds))]);
        foreach (var row in rows)
        {
            table.AddRow(row.Cast<IRenderable>());
        }

        return table;
    }

    // The first cell as a head, and beside the others what they are.
    private Table Block(Text[] row)
    {
        var table = Make([(new Text(columns[0].Head, Cells.Weak), false), (row[0], true)]);
        foreach (var index in Enumerable.Range(1, row.Length - 1).Where(index => row[index].Length > 0))
        {
            table.AddRow(new Text(columns[index].Head, Cells.Weak), row[index]);
        }

        table.AddEmptyRow();
        return table;
    }

    private static Table Make((Text Head, bool Folds)[] heads)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var (head, folds) in heads)
        {
            table.AddColumn(new TableColumn(head) { NoWrap = !folds, Padding = new Padding(0, 0, Gap, 0) });
        }

        return table;
    }
}
