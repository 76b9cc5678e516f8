using SagaOrchestrator.Engine.Breakers;

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
