namespace SagaOrchestrator.Engine.Statistics;

/// <summary>
/// How many sagas were accepted and how they ended, by hour or by day. It is counted as summaries are written, so it is a second or so
/// behind, and costs the same for any number of sagas. Counts outlive the sagas' retention.
/// </summary>
public sealed class SagaStatistics
{
    /// <summary>How many periods an answer has at most.</summary>
    public const int MostPeriods = 800;

    private readonly IStatistics statistics;

    internal SagaStatistics(IStatistics statistics) => this.statistics = statistics;

    /// <summary>What happened from one time to another.</summary>
    /// <param name="query">Of which types, and when.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<StatisticsReport> Read(StatisticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Reporting.Of(await statistics.Read(query, cancellationToken), query.ByDay);
    }

    /// <summary>What participants answered in hours within a range, by name. One that was not asked for anything is left out.</summary>
    /// <param name="from">From this hour on.</param>
    /// <param name="before">Before this hour.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ParticipantAnswers>> Answers(
        DateTimeOffset from,
        DateTimeOffset before,
        CancellationToken cancellationToken
    ) => ParticipantAnswers.Of(await statistics.Answers(from, before, cancellationToken));
}

/// <summary>What statistics are asked for.</summary>
/// <param name="Types">Of these types; of all when there are none.</param>
/// <param name="From">From this hour on.</param>
/// <param name="Before">Before this hour.</param>
/// <param name="ByDay">Whether hours are added up to days (UTC).</param>
public sealed record StatisticsQuery(IReadOnlyList<string> Types, DateTimeOffset From, DateTimeOffset Before, bool ByDay);

/// <summary>What happened.</summary>
/// <param name="Periods">By type and period, in order; a period in which nothing happened is left out.</param>
/// <param name="Totals">The same by type, over all periods.</param>
public sealed record StatisticsReport(IReadOnlyList<TypeStatistics> Periods, IReadOnlyList<TypeStatistics> Totals);

/// <summary>What happened to sagas of one type.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="From">When the period begins; null for a total.</param>
/// <param name="Started">How many were accepted.</param>
/// <param name="Completed">How many completed.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Undone">How many of those that failed had a step undone.</param>
/// <param name="CompensationRate">Those that had a step undone, of all that ended, from 0 to 1; null when none ended.</param>
/// <param name="Completing">How long those that completed took; null when none did.</param>
/// <param name="Failing">How long those that failed took; null when none did.</param>
/// <param name="Failures">At which steps and with which codes, the most frequent first.</param>
/// <param name="Amounts">What the columns of money come to.</param>
public sealed record TypeStatistics(
    string Type,
    DateTimeOffset? From,
    long Started,
    long Completed,
    long Failed,
    long Undone,
    double? CompensationRate,
    DurationStatistics? Completing,
    DurationStatistics? Failing,
    IReadOnlyList<FailureStatistics> Failures,
    IReadOnlyList<AmountStatistics> Amounts
);

/// <summary>How long sagas took, in seconds; each is off by a twentieth at most.</summary>
/// <param name="P50">Half of them.</param>
/// <param name="P95">95 of a hundred.</param>
/// <param name="P99">99 of a hundred.</param>
public sealed record DurationStatistics(double P50, double P95, double P99);

/// <summary>How many sagas failed at a step with a code.</summary>
/// <param name="Step">The step.</param>
/// <param name="Code">The stable word.</param>
/// <param name="Sagas">How many.</param>
public sealed record FailureStatistics(string Step, string Code, long Sagas);

/// <summary>What a column of money comes to.</summary>
/// <param name="Column">The column.</param>
/// <param name="Currency">The currency; empty for none.</param>
/// <param name="State">Completed or Failed.</param>
/// <param name="Amount">The sum.</param>
/// <param name="Sagas">Of how many sagas.</param>
public sealed record AmountStatistics(string Column, string Currency, string State, decimal Amount, long Sagas);

/// <summary>Where statistics are read from.</summary>
internal interface IStatistics
{
    /// <summary>
    /// What is counted in hours within a range, of types; of all types when there are none. By day, rows of days may stand for their hours.
    /// </summary>
    Task<StatisticRows> Read(StatisticsQuery query, CancellationToken cancellationToken);

    /// <summary>What participants answered in hours within a range.</summary>
    Task<IReadOnlyList<AnswerSum>> Answers(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);
}
