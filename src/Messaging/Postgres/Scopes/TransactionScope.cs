using Npgsql;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.Postgres.Scopes;

/// <summary>A transaction that a unit has for itself.</summary>
internal sealed class TransactionScope(NpgsqlConnection connection, NpgsqlTransaction transaction) : PostgresScope
{
    private const string Savepoint = "attempt";
    private readonly List<PendingStatement> pending = [];

    public override NpgsqlTransaction Transaction => transaction;

    public override void Write(string sql, params object?[] parameters) => pending.Add(new PendingStatement(sql, parameters));

    public override void Insert(string table, params ReadOnlySpan<(string Column, object Value)> row) =>
        pending.Add(PendingRow.Of(table, row).Statement());

    public override NpgsqlCommand Command(string sql, params object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in new PendingStatement(sql, parameters).Parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public override async Task Attempt(Func<Task> action, CancellationToken cancellationToken)
    {
        await Flush(cancellationToken);
        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            await action();
            await Flush(cancellationToken);
        }
        catch (Exception exception) when (!Transient.Is(exception))
        {
            await TakeBack(cancellationToken);
            throw;
        }

        await transaction.ReleaseAsync(Savepoint, cancellationToken);
    }

    public override Task TakeBack(CancellationToken cancellationToken)
    {
        pending.Clear();
        return transaction.RollbackAsync(Savepoint, cancellationToken);
    }

    /// <summary>Executes what was added with <see cref="Write"/>.</summary>
    public async Task Flush(CancellationToken cancellationToken)
    {
        foreach (var statement in pending)
        {
            await using var command = Command(statement.Sql, statement.Values);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        pending.Clear();
    }
}
