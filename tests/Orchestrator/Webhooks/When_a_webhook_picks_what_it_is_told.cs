using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Engine.Webhooks.Running;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_webhook_picks_what_it_is_told
{
    private static readonly Happenings All = new(
        [Outcome(1, "trip", "Completed"), Outcome(4, "trip", "Failed"), Outcome(5, "stay", "Completed")],
        [Parking(2, "trip"), Parking(3, "stay")],
        [Alarm(9, WebhookEvent.Raised), Alarm(10, WebhookEvent.Cleared)],
        SagaPosition: 5,
        AlarmPosition: 10
    );

    [Test]
    public void Should_have_sagas_in_the_order_of_positions_and_then_alarms() =>
        Picked([], Enum.GetValues<WebhookOutcome>(), alarms: true)
            .ShouldBe([
                WebhookEvent.Completed,
                WebhookEvent.Parked,
                WebhookEvent.Parked,
                WebhookEvent.Failed,
                WebhookEvent.Completed,
                WebhookEvent.Raised,
                WebhookEvent.Cleared,
            ]);

    [Test]
    public void Should_leave_out_what_it_did_not_ask_for()
    {
        Picked(["stay"], Enum.GetValues<WebhookOutcome>(), alarms: false).ShouldBe([WebhookEvent.Parked, WebhookEvent.Completed]);
        Picked([], [WebhookOutcome.Failed], alarms: false).ShouldBe([WebhookEvent.Failed]);
        Picked([], [], alarms: true).ShouldBe([WebhookEvent.Raised, WebhookEvent.Cleared]);
        Picked(["other"], Enum.GetValues<WebhookOutcome>(), alarms: false).ShouldBeEmpty();
    }

    private static IEnumerable<WebhookEvent> Picked(string[] types, WebhookOutcome[] outcomes, bool alarms) =>
        Picking
            .Of(new ClaimedWebhook(Guid.NewGuid(), 1, "https://example.com", types, outcomes, alarms, true, 0, 0), All)
            .Select(delivery => delivery.Event);

    private static SagaOutcome Outcome(long position, string type, string state) =>
        new()
        {
            Position = position,
            SagaId = Guid.NewGuid(),
            Type = type,
            BusinessKey = "a",
            State = state,
            StartedAt = default,
            EndedAt = default,
        };

    private static SagaParking Parking(long position, string type) =>
        new()
        {
            Position = position,
            SagaId = Guid.NewGuid(),
            Type = type,
            BusinessKey = "a",
            StartedAt = default,
            ParkedAt = default,
            Columns = "{}",
        };

    private static AlarmEvent Alarm(long position, WebhookEvent what) =>
        new(position, what, default, new Alarm("parked", "a", "b", default, AlarmLevel.Warning, null));
}
