using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Http.Breakers;

/// <summary>A participant, as this node sees it.</summary>
/// <param name="Name">Its queue.</param>
/// <param name="State">Closed, HalfOpen or Open.</param>
/// <param name="Since">Since when; null when it has never been anything else.</param>
/// <param name="Reason">Why; null when it is closed by itself.</param>
/// <param name="Consumers">How many read its queue; null when the broker does not say.</param>
/// <param name="Backlog">How many messages wait there; null when the broker does not say.</param>
/// <param name="SetTo">What an operator has set: open or closed; null when it is automatic.</param>
/// <param name="SetBy">The operator.</param>
/// <param name="SetAt">When.</param>
internal sealed record ParticipantStatus(
    string Name,
    BreakerState State,
    DateTimeOffset? Since,
    string? Reason,
    uint? Consumers,
    uint? Backlog,
    string? SetTo,
    string? SetBy,
    DateTimeOffset? SetAt
)
{
    /// <summary>What it answered; null when that was not asked for, or the database does not say.</summary>
    public AnswersStatus? Answers { get; init; }

    public static ParticipantStatus Of(BreakerStatus breaker) =>
        new(
            breaker.Participant,
            breaker.State,
            breaker.Since,
            breaker.Reason,
            breaker.Queue?.Consumers,
            breaker.Queue?.Messages,
            breaker.Setting?.State,
            breaker.Setting?.By,
            breaker.Setting?.At
        );
}

/// <summary>What a participant answered to commands, compensations and enquiries.</summary>
/// <param name="From">From this hour on.</param>
/// <param name="Before">Before this hour.</param>
/// <param name="Completed">How often that the effect is there, or gone.</param>
/// <param name="Rejected">How often that nothing happened.</param>
/// <param name="Unknown">How often nobody knows: it answered with a fault, or did not answer in time.</param>
/// <param name="RejectedShare">Which share was rejected, from 0 to 1; null without answers.</param>
/// <param name="UnknownShare">Of which share nobody knows.</param>
/// <param name="P50">Half of its answers came within so many seconds.</param>
/// <param name="P95">95 of a hundred did.</param>
internal sealed record AnswersStatus(
    DateTimeOffset From,
    DateTimeOffset Before,
    long Completed,
    long Rejected,
    long Unknown,
    double? RejectedShare,
    double? UnknownShare,
    double? P50,
    double? P95
)
{
    /// <param name="from">From this hour on.</param>
    /// <param name="before">Before this hour.</param>
    /// <param name="answers">What was counted; null for nothing.</param>
    public static AnswersStatus Of(DateTimeOffset from, DateTimeOffset before, ParticipantAnswers? answers) =>
        new(
            from,
            before,
            answers?.Completed ?? 0,
            answers?.Rejected ?? 0,
            answers?.Unknown ?? 0,
            answers?.RejectedShare,
            answers?.UnknownShare,
            answers?.P50,
            answers?.P95
        );
}

/// <summary>All participants.</summary>
/// <param name="Items">By name.</param>
internal sealed record ParticipantList(IReadOnlyList<ParticipantStatus> Items);

/// <summary>Whether sagas of a type can be started.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Starts"><c>accepted</c> or <c>stopped</c>.</param>
/// <param name="StoppedBy">The operator.</param>
/// <param name="StoppedAt">Since when.</param>
/// <param name="Reason">Why.</param>
internal sealed record SagaTypeStatus(string Type, string Starts, string? StoppedBy, DateTimeOffset? StoppedAt, string? Reason)
{
    public static SagaTypeStatus Of(string type, BreakerSetting? stop) =>
        new(type, stop is null ? "accepted" : "stopped", stop?.By, stop?.At, stop?.Reason);
}

/// <summary>All saga types.</summary>
/// <param name="Items">By name.</param>
internal sealed record SagaTypeList(IReadOnlyList<SagaTypeStatus> Items);
