using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Reads what operators did and what was refused them. An action and its line in the log are one transaction. Lines cannot be changed;
/// those of a saga go with it when its retention is over.
/// </summary>
public sealed class OperatorLog
{
    private readonly IOperatorLog log;

    internal OperatorLog(IOperatorLog log) => this.log = log;

    /// <summary>Actions, the newest first.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<LoggedAction>> Read(LogQuery query, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return log.Read(query, limit, cancellationToken);
    }
}
