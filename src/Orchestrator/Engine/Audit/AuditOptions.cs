using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Engine.Audit;

/// <summary>How much the auditor looks at, and how often. Bound from the configuration section <c>Audit</c>.</summary>
public sealed record AuditOptions
{
    /// <summary>How often it runs, on one node at a time.</summary>
    [Range(typeof(TimeSpan), "1s", "1d")]
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many sagas a run looks at, of those under way and of all alike. The next run goes on behind them, and round.
    /// </summary>
    [Range(1, 100_000)]
    public int Sagas { get; init; } = 2000;

    /// <summary>How many of the sagas that ended last a run compares with their participants' fences.</summary>
    [Range(1, 10_000)]
    public int Ended { get; init; } = 200;

    /// <summary>
    /// For how long a saga must have waited before a command of it can count as lost. It counts only when its answer is overdue too.
    /// </summary>
    [Range(typeof(TimeSpan), "5s", "30d")]
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The participants whose fences the connection string <c>Fences</c> can read, each with its schema: <c>payments=pay</c>, or
    /// <c>payments</c> where both have one name.
    /// </summary>
    public IReadOnlyList<string> Fences { get; init; } = [];
}
