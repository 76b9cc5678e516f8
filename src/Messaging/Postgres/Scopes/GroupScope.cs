using Npgsql;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.Postgres.Scopes;

/// <summary>Takes down what a unit wants to write, so that a group of units can be written together.</summary>
public sealed class GroupScope : PostgresScope
{
    private readonly List<PendingStatement> statements = [];
    private readonly List<PendingRow> inserts = [];

    internal GroupScope(bool isFirstDelivery) => IsFirstDelivery = isFirstDelivery;

    /// <summary>Whether nothing says that the unit's message was here before. Then what it makes is very likely new.</summary>
    public bool IsFirstDelivery { get; }

    /// <summary>The service's own row that the unit writes, or null.</summary>
    internal IGroupRow? Row { get; private set; }

    /// <inheritdoc/>
    public override NpgsqlTransaction Transaction => throw LeaveGroup();

    internal IReadOnlyList<PendingStatement> Statements => statements;

    /// <summary>Whether the unit asked for a transaction of its own. Known even when a step caught the exception that says so.</summary>
    internal bool IsLeft { get; private set; }

    internal IReadOnlyList<PendingRow> Inserts => inserts;

    /// <summary>Whether there is more to write than the rows that every unit of the service has.</summary>
    internal bool HasMore => statements.Count + inserts.Count > 0;

    /// <summary>Notes the service's own row. A unit has one; noting the same row again replaces it.</summary>
    public void Put(IGroupRow row)
    {
        if (Row is not null && Row.Key != row.Key)
        {
            throw LeaveGroup();
        }

        Row = row;
    }

    /// <inheritdoc/>
    public override void Write(string sql, params object?[] parameters) => statements.Add(new PendingStatement(sql, parameters));

    /// <inheritdoc/>
    public override void Insert(string table, params ReadOnlySpan<(string Column, object Value)> row)
    {
        var insert = PendingRow.Of(table, row);
        if (insert.IsMergeable && statements.Count == 0)
        {
            inserts.Add(insert);
        }
        else
        {
            statements.Add(insert.Statement());
        }
    }

    /// <inheritdoc/>
    public override NpgsqlCommand Command(string sql, params object?[] parameters) => throw LeaveGroup();

    /// <inheritdoc/>
    public override Task TakeBack(CancellationToken cancellationToken) => throw LeaveGroup();

    /// <inheritdoc/>
    public override async Task Attempt(Func<Task> action, CancellationToken cancellationToken)
    {
        var (before, insertsBefore) = (statements.Count, inserts.Count);
        try
        {
            await action();
        }
        catch
        {
            statements.RemoveRange(before, statements.Count - before);
            inserts.RemoveRange(insertsBefore, inserts.Count - insertsBefore);
            throw;
        }
    }

    private NeedsTransactionException LeaveGroup()
    {
        IsLeft = true;
        return new NeedsTransactionException();
    }
}

/// <summary>The row of a service's own that a unit writes, with a check that it is still what the unit was made from.</summary>
public interface IGroupRow
{
    /// <summary>Which row. Units with the same one are never in the same group.</summary>
    (Guid Id, string? Part) Key { get; }

    /// <summary>Whether it can be written in a group only, even when it is alone there.</summary>
    bool IsForGroupsOnly => false;

    /// <summary>
    /// Tells that somebody else has changed the row. Returns what becomes of the unit: the exception to throw, or null to make the unit
    /// again in a transaction of its own, where the row is locked first.
    /// </summary>
    Exception? Conflict();
}

/// <summary>
/// The unit cannot be written in a group, because it must see the database first. It is made again in a transaction of its own.
/// </summary>
internal sealed class NeedsTransactionException()
    : TransientException("The unit must see the database first; it is made again in a transaction of its own.");
