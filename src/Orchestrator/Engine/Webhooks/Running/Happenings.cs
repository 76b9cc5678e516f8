using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Feeds;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>A saga that was parked. Its position is one of those of outcomes.</summary>
internal sealed record SagaParking
{
    public required long Position { get; init; }

    public required Guid SagaId { get; init; }

    public required string Type { get; init; }

    public required string BusinessKey { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ParkedAt { get; init; }

    public string? Step { get; init; }

    public string? Code { get; init; }

    public string? Reason { get; init; }

    public required string Columns { get; init; }
}

/// <summary>What became of an alarm.</summary>
/// <param name="Position">Counts what became of alarms, in the order of commits.</param>
/// <param name="What">Raised, Escalated or Cleared.</param>
/// <param name="At">When.</param>
/// <param name="Alarm">The alarm then.</param>
internal sealed record AlarmEvent(long Position, WebhookEvent What, DateTimeOffset At, Alarm Alarm);

/// <summary>What happened after the positions up to which a webhook was told, a part of it at a time.</summary>
/// <param name="Outcomes">Sagas that ended.</param>
/// <param name="Parkings">Sagas that were parked.</param>
/// <param name="Alarms">What became of alarms.</param>
/// <param name="SagaPosition">Up to where outcomes and parkings were read.</param>
/// <param name="AlarmPosition">Up to where alarms were read.</param>
internal sealed record Happenings(
    IReadOnlyList<SagaOutcome> Outcomes,
    IReadOnlyList<SagaParking> Parkings,
    IReadOnlyList<AlarmEvent> Alarms,
    long SagaPosition,
    long AlarmPosition
);

/// <summary>What is to be delivered.</summary>
internal sealed record NewDelivery(WebhookEvent Event, Guid? SagaId, DateTimeOffset OccurredAt, string Body);

/// <summary>Picks what a webhook wants to be told.</summary>
internal static class Picking
{
    /// <summary>Sagas first, in the order of their positions, then alarms in that of theirs.</summary>
    public static IReadOnlyList<NewDelivery> Of(ClaimedWebhook webhook, Happenings happenings) =>
        [
            .. happenings
                .Outcomes.Where(outcome => Wants(webhook, outcome.Type, Enum.Parse<WebhookOutcome>(outcome.State)))
                .Select(outcome => (outcome.Position, Told: Of(outcome)))
                .Concat(
                    happenings
                        .Parkings.Where(parking => Wants(webhook, parking.Type, WebhookOutcome.Parked))
                        .Select(parking => (parking.Position, Told: Of(parking)))
                )
                .OrderBy(one => one.Position)
                .Select(one => one.Told),
            .. happenings.Alarms.Where(_ => webhook.Alarms).OrderBy(alarm => alarm.Position).Select(Of),
        ];

    private static bool Wants(ClaimedWebhook webhook, string type, WebhookOutcome outcome) =>
        webhook.Outcomes.Contains(outcome) && (webhook.Types.Count == 0 || webhook.Types.Contains(type, StringComparer.Ordinal));

    private static NewDelivery Of(SagaOutcome outcome) =>
        new(Enum.Parse<WebhookEvent>(outcome.State), outcome.SagaId, outcome.EndedAt, EventBody.Of(outcome));

    private static NewDelivery Of(SagaParking parking) => new(WebhookEvent.Parked, parking.SagaId, parking.ParkedAt, EventBody.Of(parking));

    private static NewDelivery Of(AlarmEvent alarm) => new(alarm.What, null, alarm.At, EventBody.Of(alarm));
}
