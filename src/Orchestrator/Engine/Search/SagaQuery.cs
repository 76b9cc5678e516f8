using System.Runtime.InteropServices;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Which sagas are asked for, and in which order. What is null or empty does not matter; the rest must all hold.</summary>
public sealed record SagaQuery
{
    /// <summary>One of these types.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>This plan version.</summary>
    public int? PlanVersion { get; init; }

    /// <summary>One of these states: names of <see cref="Decisions.Progress.SagaState"/>.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Waiting at one of these steps.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Waiting at a step of one of these participants.</summary>
    public IReadOnlyList<string> Participants { get; init; } = [];

    /// <summary>Waiting for one of these: names of <see cref="Decisions.Progress.Wait"/>.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>Waiting at its step for longer than this.</summary>
    public TimeSpan? WaitsLongerThan { get; init; }

    /// <summary>Failed, or failing, at one of these steps.</summary>
    public IReadOnlyList<string> ErrorSteps { get; init; } = [];

    /// <summary>Failed, or failing, with one of these codes.</summary>
    public IReadOnlyList<string> ErrorCodes { get; init; } = [];

    /// <summary>Parked with one of these codes.</summary>
    public IReadOnlyList<string> StuckCodes { get; init; } = [];

    /// <summary>Ended so: names of <see cref="Explanations.Answers.VerdictKind"/>.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = [];

    /// <summary>With exactly this business key.</summary>
    public string? BusinessKey { get; init; }

    /// <summary>With a business key that begins so. Compared byte by byte.</summary>
    public string? BusinessKeyPrefix { get; init; }

    /// <summary>Accepted within this range.</summary>
    public TimeRange Started { get; init; }

    /// <summary>Changed last within this range.</summary>
    public TimeRange Updated { get; init; }

    /// <summary>Ended within this range.</summary>
    public TimeRange Ended { get; init; }

    /// <summary>Whether any step was undone.</summary>
    public bool? WasUndone { get; init; }

    /// <summary>
    /// Whether it needs somebody: it is parked, its participant is away or silent, or its timer is late by more than a minute.
    /// </summary>
    public bool? IsStuck { get; init; }

    /// <summary>Whether it has dead letters that wait.</summary>
    public bool? HasDeadLetters { get; init; }

    /// <summary>What the columns hold that its plan declares.</summary>
    public IReadOnlyList<ColumnFilter> Columns { get; init; } = [];

    /// <summary>By what the sagas are sorted.</summary>
    public SagaSort Sort { get; init; }

    /// <summary>Whether the oldest, or what has waited longest, comes first.</summary>
    public bool OldestFirst { get; init; }
}

/// <summary>A range of time.</summary>
/// <param name="From">At this time or later; null for any.</param>
/// <param name="Before">Before this time; null for any.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? Before);

/// <summary>By what sagas are sorted.</summary>
public enum SagaSort
{
    /// <summary>When it was accepted.</summary>
    Started,

    /// <summary>When it changed last.</summary>
    Updated,

    /// <summary>When it ended. Sagas that have not are left out.</summary>
    Ended,

    /// <summary>Since when it waits at its step. Sagas that do not wait are left out.</summary>
    Waiting,
}

/// <summary>What a column of a saga holds. A range needs a column that is indexed.</summary>
/// <param name="Name">The column.</param>
/// <param name="Value">Exactly this, as text; null when a range is given.</param>
/// <param name="From">This or more, as text.</param>
/// <param name="Before">Less than this, as text.</param>
public sealed record ColumnFilter(string Name, string? Value, string? From = null, string? Before = null);

/// <summary>A place in a list: the saga next to which to go on.</summary>
/// <param name="At">What the list is sorted by, of that saga.</param>
/// <param name="Id">That saga.</param>
/// <param name="Backwards">Whether what comes before it is asked for.</param>
public sealed record SagaPlace(DateTimeOffset At, Guid Id, bool Backwards = false);

/// <summary>A page of a list.</summary>
/// <param name="Sagas">In the order that was asked for.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="Previous">Where the page before begins; null on the first.</param>
public sealed record SagaPage(IReadOnlyList<SagaSummary> Sagas, SagaPlace? Next, SagaPlace? Previous);

/// <summary>How many sagas a query finds.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsExact">Whether it is exactly so many; else it is at least so many.</param>
public sealed record SagaTotal(long Count, bool IsExact);

/// <summary>What sagas are about in money.</summary>
/// <param name="Sums">By column and currency; empty when no plan has a column of money.</param>
/// <param name="AreExact">Whether all sagas are in them; else the first ten thousand are, and they come to at least so much.</param>
public sealed record SagaAmounts(IReadOnlyList<SagaAmount> Sums, bool AreExact);

/// <summary>What a column of money comes to.</summary>
/// <param name="Column">The column.</param>
/// <param name="Currency">The currency; empty for none.</param>
/// <param name="Amount">The sum.</param>
/// <param name="Sagas">Of how many sagas.</param>
public sealed record SagaAmount(string Column, string Currency, decimal Amount, long Sagas);

/// <summary>A query that cannot be asked. The message says what would be right.</summary>
/// <param name="filter">The filter that is wrong.</param>
/// <param name="message">What would be right.</param>
public sealed class InvalidQueryException(string filter, string message) : Exception(message)
{
    /// <summary>The filter that is wrong.</summary>
    public string Filter => filter;
}
