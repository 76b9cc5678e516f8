namespace SagaOrchestrator.Engine.Statistics;

/// <summary>
/// What is counted of one type in one hour, or in one day. Each hour is counted in its day as well, so that a range of days reads one row
/// a day. Those that differ in nothing but their numbers are added.
/// </summary>
internal abstract record StatisticRow(Span Span, DateTimeOffset BeginsAt, string Type);

/// <summary>Sagas that were accepted, and that ended.</summary>
internal sealed record FlowRow(Span Span, DateTimeOffset BeginsAt, string Type, long Started, long Completed, long Failed, long Undone)
    : StatisticRow(Span, BeginsAt, Type);

/// <summary>Sagas that failed at a step with a code.</summary>
internal sealed record FailureRow(Span Span, DateTimeOffset BeginsAt, string Type, string Step, string Code, long Sagas)
    : StatisticRow(Span, BeginsAt, Type);

/// <summary>How long sagas took that ended so.</summary>
/// <param name="Span">The period.</param>
/// <param name="BeginsAt">When it begins.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="State">How they ended.</param>
/// <param name="Buckets">Each says about how long (<see cref="DurationBuckets"/>); in order.</param>
/// <param name="Sagas">How many took so long, in the same order.</param>
internal sealed record DurationRow(Span Span, DateTimeOffset BeginsAt, string Type, string State, int[] Buckets, long[] Sagas)
    : StatisticRow(Span, BeginsAt, Type);

/// <summary>What a column of money comes to, of sagas that ended so.</summary>
internal sealed record AmountRow(
    Span Span,
    DateTimeOffset BeginsAt,
    string Type,
    string State,
    string Name,
    string Currency,
    decimal Amount,
    long Sagas
) : StatisticRow(Span, BeginsAt, Type);

/// <summary>Everything that is counted.</summary>
internal sealed record StatisticRows(
    IReadOnlyList<FlowRow> Flows,
    IReadOnlyList<FailureRow> Failures,
    IReadOnlyList<DurationRow> Durations,
    IReadOnlyList<AmountRow> Amounts
);
