using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Testing.Steps;

/// <summary>Keeps what a step writes.</summary>
internal sealed class RecordingScope : PostgresScope
{
    public List<InsertedRow> Rows { get; } = [];

    public List<WrittenStatement> Statements { get; } = [];

    public override void Write(string sql, params object?[] parameters) => Statements.Add(new WrittenStatement(sql, parameters));

    public override void Insert(string table, params ReadOnlySpan<(string Column, object Value)> row)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (column, value) in row)
        {
            values.Add(column, value);
        }

        Rows.Add(new InsertedRow(table, values));
    }

    public override NpgsqlTransaction Transaction => throw NeedsPostgres();

    public override NpgsqlCommand Command(string sql, params object?[] parameters) => throw NeedsPostgres();

    public override Task TakeBack(CancellationToken cancellationToken) => throw NeedsPostgres();

    public override Task Attempt(Func<Task> action, CancellationToken cancellationToken) => action();

    private static NotSupportedException NeedsPostgres() =>
        new("A step that reads or locks needs Postgres. Test it there, or let it only write.");
}
