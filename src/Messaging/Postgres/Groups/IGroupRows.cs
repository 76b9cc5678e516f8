using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>How a service's own rows are written, those of all units of a group in one statement.</summary>
public interface IGroupRows
{
    /// <summary>
    /// Common table expressions that write the rows. They may use <c>fresh (no)</c>, the units that are no duplicates, and must end with
    /// <c>written (no)</c>, the units whose row was still what the unit was made from. Nothing may be written for any other unit.
    /// </summary>
    /// <param name="first">The number of the first parameter.</param>
    string Sql(int first);

    /// <summary>The parameters, in order. Their number and types are always the same.</summary>
    /// <param name="rows">The rows, in the order in which they are to be locked; perhaps none.</param>
    IEnumerable<NpgsqlParameter> Parameters(IReadOnlyList<NumberedRow> rows);
}

/// <summary>A row of a unit in a group.</summary>
/// <param name="No">The unit's number in the group.</param>
/// <param name="Row">The row.</param>
/// <param name="MessageId">The message that the unit handles.</param>
public readonly record struct NumberedRow(int No, IGroupRow Row, Guid? MessageId);

/// <summary>For a service without rows of its own.</summary>
internal sealed class NoGroupRows : IGroupRows
{
    public string Sql(int first) => "written as (select no from fresh where false)";

    public IEnumerable<NpgsqlParameter> Parameters(IReadOnlyList<NumberedRow> rows) => [];
}
