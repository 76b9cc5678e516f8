using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>What the auditor reads, row by row, and the columns that it may write.</summary>
internal interface IAuditStore
{
    /// <summary>How long ago a run began last, on the database's clock; null when none has.</summary>
    Task<TimeSpan?> SinceLastRun(CancellationToken cancellationToken);

    /// <summary>Takes the auditor's place; null when another node has it.</summary>
    Task<IAuditTurn?> Begin(CancellationToken cancellationToken);

    /// <summary>Reads sagas with what must agree with them. One that is not there is left out.</summary>
    Task<IReadOnlyList<AuditedSaga>> Read(IReadOnlyList<Guid> sagas, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a saga's columns from its document, and why into the operators' log; only while it is the version that was read.
    /// </summary>
    /// <returns>Whether it was.</returns>
    Task<bool> Write(AuditedSaga saga, string? undoing, string why, CancellationToken cancellationToken);

    /// <summary>Notes a saga as changed, and why into the operators' log.</summary>
    Task SumUp(AuditedSaga saga, string why, CancellationToken cancellationToken);

    /// <summary>Of sagas that ended: the steps that an operator settled in a participant's place.</summary>
    Task<IReadOnlySet<(Guid Saga, string Step)>> Settled(IReadOnlyList<Guid> sagas, CancellationToken cancellationToken);

    /// <summary>Which messages, that are at least of the given age, may still be in the orchestrator's own outbox.</summary>
    Task<IReadOnlySet<Guid>> Unsent(IReadOnlyList<Guid> messages, TimeSpan age, CancellationToken cancellationToken);

    /// <summary>Which sagas have dead letters that wait.</summary>
    Task<IReadOnlySet<Guid>> WithDeadLetters(IReadOnlyList<Guid> sagas, CancellationToken cancellationToken);

    /// <summary>How many bulk jobs run, and those that no node has taken for long.</summary>
    Task<(int Running, IReadOnlyList<Finding> Abandoned)> Jobs(CancellationToken cancellationToken);
}

/// <summary>The auditor's place, which a node holds while it runs. It is left when this is disposed.</summary>
internal interface IAuditTurn : IAsyncDisposable
{
    /// <summary>Sagas whose findings stand: when they are many, each run has the next of them.</summary>
    Task<IReadOnlyList<Guid>> Standing(CancellationToken cancellationToken);

    /// <summary>The next sagas of the round through those under way.</summary>
    Task<IReadOnlyList<Guid>> UnderWay(int limit, CancellationToken cancellationToken);

    /// <summary>The next sagas of the round through all.</summary>
    Task<IReadOnlyList<Guid>> All(int limit, CancellationToken cancellationToken);

    /// <summary>The next sagas of those that ended lately.</summary>
    Task<IReadOnlyList<Guid>> Ended(int limit, CancellationToken cancellationToken);

    /// <summary>Writes down what was found, what is gone, and what the run looked at.</summary>
    Task<AuditRun> Report(AuditReport report, CancellationToken cancellationToken);
}

/// <summary>What a run found.</summary>
/// <param name="LookedAt">What it looked at.</param>
/// <param name="Sagas">
/// The sagas that it looked at. Findings of these, and those about no saga, that stood and were not found again are gone.
/// </param>
/// <param name="Unchecked">Kinds that it could not check of some of these sagas. Such findings stand on.</param>
/// <param name="Repaired">What it repaired.</param>
/// <param name="Left">What it left.</param>
internal sealed record AuditReport(
    AuditCounts LookedAt,
    IReadOnlyCollection<string> Sagas,
    IReadOnlyCollection<(string Kind, string Subject)> Unchecked,
    IReadOnlyList<Finding> Repaired,
    IReadOnlyList<Finding> Left
);
