namespace SagaOrchestrator.Engine.Operating;

/// <summary>The operators' log, which can be appended to and read, and nothing else.</summary>
internal interface IOperatorLog
{
    /// <summary>Appends an action. Its place and its time are the log's own.</summary>
    Task Write(LoggedAction action, CancellationToken cancellationToken);

    /// <summary>Reads, the newest first.</summary>
    Task<IReadOnlyList<LoggedAction>> Read(LogQuery query, int limit, CancellationToken cancellationToken);
}
