namespace SagaOrchestrator.Testing.Steps;

/// <summary>A row that a step inserted.</summary>
/// <param name="Table">The table, as the step named it.</param>
/// <param name="Values">Its columns and their values.</param>
public sealed record InsertedRow(string Table, IReadOnlyDictionary<string, object> Values)
{
    /// <summary>The value of a column.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="KeyNotFoundException">The step did not set it.</exception>
    public object this[string column] => Values[column];
}

/// <summary>A statement that a step wrote.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">The values of <c>$1</c>, <c>$2</c> and so on.</param>
public sealed record WrittenStatement(string Sql, IReadOnlyList<object?> Parameters);
