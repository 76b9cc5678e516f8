using Npgsql;
using SagaOrchestrator.Outbox.Endpoints;

namespace SagaOrchestrator.Outbox.Units;

/// <summary>The transaction in which a unit is written.</summary>
public abstract class CommitScope
{
    /// <summary>Runs <paramref name="action"/>; when it throws, what it wrote is gone and the transaction can go on.</summary>
    public abstract Task Attempt(Func<Task> action, CancellationToken cancellationToken);
}

/// <summary>A transaction on Postgres.</summary>
public sealed class PostgresScope(NpgsqlConnection connection, NpgsqlTransaction transaction) : CommitScope
{
    /// <summary>A command in this transaction.</summary>
    /// <param name="sql">The statement, with parameters <c>$1</c>, <c>$2</c> and so on.</param>
    /// <param name="parameters">Their values; null becomes SQL null.</param>
    public NpgsqlCommand Command(string sql, params object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        }

        return command;
    }

    /// <inheritdoc/>
    public override async Task Attempt(Func<Task> action, CancellationToken cancellationToken)
    {
        const string savepoint = "attempt";
        await transaction.SaveAsync(savepoint, cancellationToken);
        try
        {
            await action();
        }
        catch (Exception exception) when (!Transient.Is(exception))
        {
            await transaction.RollbackAsync(savepoint, cancellationToken);
            throw;
        }

        await transaction.ReleaseAsync(savepoint, cancellationToken);
    }
}

/// <summary>The embedded mode's stand-in for a transaction: one unit at a time, nothing survives the process.</summary>
public sealed class MemoryScope : CommitScope
{
    /// <inheritdoc/>
    public override Task Attempt(Func<Task> action, CancellationToken cancellationToken) => action();
}
