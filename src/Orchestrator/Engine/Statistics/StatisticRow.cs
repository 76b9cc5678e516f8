namespace SagaOrchestrator.Engine.Statistics;

/// <summary>What is counted of one type in one hour. Those that differ in nothing but their numbers are added.</summary>
internal abstract record StatisticRow(DateTimeOffset Hour, string Type);

/// <summary>Sagas that were accepted, and that ended.</summary>
internal sealed record FlowRow(DateTimeOffset Hour, string Type, long Started, long Completed, long Failed, long Undone)
    : StatisticRow(Hour, Type);

/// <summary>Sagas that failed at a step with a code.</summary>
internal sealed record FailureRow(DateTimeOffset Hour, string Type, string Step, string Code, long Sagas) : StatisticRow(Hour, Type);

/// <summary>Sagas that took about so long. The bucket says how long.</summary>
internal sealed record DurationRow(DateTimeOffset Hour, string Type, string State, int Bucket, long Sagas) : StatisticRow(Hour, Type);

/// <summary>What a column of money comes to, of sagas that ended so.</summary>
internal sealed record AmountRow(DateTimeOffset Hour, string Type, string State, string Name, string Currency, decimal Amount, long Sagas)
    : StatisticRow(Hour, Type);

/// <summary>Everything that is counted.</summary>
internal sealed record StatisticRows(
    IReadOnlyList<FlowRow> Flows,
    IReadOnlyList<FailureRow> Failures,
    IReadOnlyList<DurationRow> Durations,
    IReadOnlyList<AmountRow> Amounts
);
