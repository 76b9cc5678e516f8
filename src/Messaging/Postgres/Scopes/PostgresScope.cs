using Npgsql;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Scopes;

/// <summary>
/// A transaction on Postgres. What a unit writes with <see cref="Write"/> alone shares a transaction and a round trip with other units; a
/// unit that asks for a <see cref="Command"/>, because it must read or lock first, gets a transaction of its own.
/// </summary>
public abstract class PostgresScope : CommitScope
{
    /// <summary>
    /// Adds a statement that is executed when the unit commits. It returns nothing, and commands of the same unit do not see what it
    /// writes.
    /// When it fails, the unit fails, and no other.
    /// </summary>
    /// <param name="sql">The statement, with parameters <c>$1</c>, <c>$2</c> and so on. Keep it the same from unit to unit.</param>
    /// <param name="parameters">Their values; null becomes SQL null.</param>
    public abstract void Write(string sql, params object?[] parameters);

    /// <summary>
    /// Adds a row that is inserted when the unit commits. Rows of many units for the same table go as one statement. When it cannot be
    /// inserted, the unit fails, and no other.
    /// </summary>
    /// <param name="table">The table, with its schema.</param>
    /// <param name="row">Its columns and their values, none of them null: leave out what is null. The same columns in the same order from
    /// row to row go together.</param>
    public abstract void Insert(string table, params ReadOnlySpan<(string Column, object Value)> row);

    /// <summary>
    /// A command in this transaction, to be executed at once. The first time that a unit asks for one it is begun again in a transaction
    /// of its own, so nothing but the database may have been changed until then.
    /// </summary>
    /// <param name="sql">The statement, with parameters <c>$1</c>, <c>$2</c> and so on.</param>
    /// <param name="parameters">Their values; null becomes SQL null.</param>
    public abstract NpgsqlCommand Command(string sql, params object?[] parameters);

    /// <summary>
    /// This transaction, for commands that a library makes. The first use of it begins the unit again, as with <see cref="Command"/>.
    /// </summary>
    public abstract NpgsqlTransaction Transaction { get; }

    /// <summary>
    /// Takes back what was written since the <see cref="CommitScope.Attempt"/> that runs began; the transaction goes on. The first use of
    /// it begins the unit again, as with <see cref="Command"/>.
    /// </summary>
    public abstract Task TakeBack(CancellationToken cancellationToken);
}

/// <summary>A statement to be executed when its unit commits.</summary>
internal readonly record struct PendingStatement(string Sql, object?[] Values)
{
    public IEnumerable<NpgsqlParameter> Parameters =>
        Values.Select(value => value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
}
