using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

// The API's answers, each with those of its members that the console shows. What is new there is passed over.
internal sealed record ItemsOf<T>(IReadOnlyList<T> Items);

internal sealed record ErrorItem(string Step, string Code, string Reason);

internal sealed record WaitItem(
    string? Step,
    string? Participant,
    string For,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    string? Absence
);

internal sealed record SagaItem(
    Guid Id,
    string Type,
    int PlanVersion,
    string BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    string? Verdict,
    WaitItem? Waits,
    ErrorItem? Error,
    ErrorItem? Stuck,
    JsonElement Columns
);

internal sealed record MoneySum(string Column, string Currency, decimal Amount);

internal sealed record SagaPage(
    IReadOnlyList<SagaItem> Items,
    string? Next,
    string? Previous,
    long? Count,
    bool? CountIsExact,
    IReadOnlyList<MoneySum>? Amounts,
    bool? AmountsAreExact
)
{
    /// <summary>What all that match are about in money; null when it was not asked for, or no plan has such a column.</summary>
    public string? AtStake =>
        Amounts is not { Count: > 0 } sums
            ? null
            : (AmountsAreExact == false ? "at least " : string.Empty) + string.Join(", ", sums.Select(Columns.Text));
}

internal sealed record SagaCount(string Type, int PlanVersion, string State, long Count);

internal sealed record SagaCounts(IReadOnlyList<SagaCount> Counts);

internal sealed record StepStatus(string Name, string? Note, JsonElement? Result, string? RefusedResult);

internal sealed record ActionItem(string Action, string Href, string? Step, string? Signal, bool NeedsResult, string Does);

internal sealed record PauseItem(DateTimeOffset Since, string By, string Reason);

internal sealed record SagaStatus(
    Guid Id,
    string Type,
    int PlanVersion,
    string BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? DeadlineAt,
    PauseItem? Pause,
    IReadOnlyList<StepStatus> Steps,
    ErrorItem? ForwardError,
    ErrorItem? CompensationError,
    string? TraceId,
    IReadOnlyList<LetterOfSaga>? DeadLetters,
    IReadOnlyList<ActionItem>? Actions
);

internal sealed record ExplainedStep(
    string Name,
    string? Participant,
    string? Signal,
    string Kind,
    string Phase,
    string Direction,
    int Attempt,
    int? OfAttempts,
    int UndoAttempt,
    int? OfUndoAttempts,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int? WouldBeUndone,
    ErrorItem? ForwardError,
    ErrorItem? CompensationError
);

internal sealed record ExplainedTimer(string Name, string? Step, DateTimeOffset DueAt, string Sentence);

internal sealed record ExplainedMove(string Kind, string? Step, bool IsPossible, string Sentence);

internal sealed record StandingEffect(string Step, string Participant, bool IsCertain, string Why);

internal sealed record OperatorsWord(string Step, string Said, string? By, DateTimeOffset At, string? Reason);

internal sealed record Verdict(
    string Kind,
    IReadOnlyList<StandingEffect> Stands,
    IReadOnlyList<OperatorsWord> OnAnOperatorsWord,
    string Sentence
);

internal sealed record LatestEnd(DateTimeOffset? At, DateTimeOffset? EndsOrParksBy, string Sentence);

internal sealed record ExplainedWait(
    string Kind,
    string? Step,
    string? Participant,
    string? Signal,
    DateTimeOffset? Since,
    JsonElement? Absence
);

internal sealed record Explanation(
    IReadOnlyList<string> Sentences,
    IReadOnlyList<ExplainedWait> WaitsFor,
    IReadOnlyList<ExplainedTimer> Timers,
    IReadOnlyList<ExplainedStep> Steps,
    LatestEnd? LatestEnd,
    IReadOnlyList<ExplainedMove> Moves,
    Verdict? Verdict
);

internal sealed record CauseItem(string Kind, string? By);

internal sealed record HistoryItem(
    int Version,
    DateTimeOffset At,
    string Type,
    string? Step,
    string? Direction,
    int? Attempt,
    string? Code,
    string? Reason,
    DateTimeOffset? DueAt,
    string? By,
    CauseItem Cause
);

/// <summary>What is encrypted of a saga, readable. Of a subject that was forgotten there is nothing left to read.</summary>
internal sealed record RevealedValues(bool Forgotten, IReadOnlyList<RevealedValue> Values);

/// <summary>One value: of the start or of a step's result, in which member.</summary>
internal sealed record RevealedValue(string Document, string Path, JsonElement Value);

internal sealed record HistoryPart(IReadOnlyList<HistoryItem> Items, int? Next);
