using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// Takes what a step writes. Steps of many sagas share a transaction and a round trip, so nothing that is written here can be read before
/// the commit.
/// </summary>
public class StepDatabase
{
    private readonly CommitScope scope;

    internal StepDatabase(CommitScope scope) => this.scope = scope;

    private protected PostgresScope Postgres =>
        scope as PostgresScope
        ?? throw new InvalidOperationException(
            "This participant is in memory and has no database. Give the step what it needs from the container, and run what speaks SQL "
                + "on Postgres."
        );

    /// <summary>Adds a statement that is executed at the commit. When it fails, the step fails, and no other.</summary>
    /// <param name="sql">The statement, with parameters <c>$1</c>, <c>$2</c> and so on. Keep it the same from command to command.</param>
    /// <param name="parameters">Their values; null becomes SQL null.</param>
    public void Write(string sql, params object?[] parameters) => Postgres.Write(sql, parameters);

    /// <summary>Adds a row that is inserted at the commit. Rows of many steps for the same table go as one statement.</summary>
    /// <param name="table">The table, with its schema.</param>
    /// <param name="row">Its columns and their values, none of them null: leave out what is null.</param>
    public void Insert(string table, params ReadOnlySpan<(string Column, object Value)> row) => Postgres.Insert(table, row);
}

/// <summary>Reads and locks rows in a transaction of the step's own, and takes what it writes.</summary>
public sealed class ReadingStepDatabase : StepDatabase
{
    internal ReadingStepDatabase(CommitScope scope)
        : base(scope) { }

    /// <summary>A command in the step's transaction, to be executed at once.</summary>
    /// <param name="sql">The statement, with parameters <c>$1</c>, <c>$2</c> and so on.</param>
    /// <param name="parameters">Their values; null becomes SQL null.</param>
    public NpgsqlCommand Command(string sql, params object?[] parameters) => Postgres.Command(sql, parameters);

    /// <summary>
    /// The step's transaction, and with it the connection, for a library that makes commands of its own. They remain the kit's: nobody else
    /// commits, rolls back, closes or disposes them.
    /// </summary>
    public NpgsqlTransaction Transaction => Postgres.Transaction;

    /// <summary>
    /// Takes back all that the step has written so far, for example before it answers that it is rejected. The step goes on, and what it
    /// writes from then on is kept.
    /// </summary>
    /// <param name="cancellationToken">The context's.</param>
    public Task TakeBack(CancellationToken cancellationToken) => Postgres.TakeBack(cancellationToken);
}
