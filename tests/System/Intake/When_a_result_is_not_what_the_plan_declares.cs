using System.Text.Json;
using SagaOrchestrator.Messages.Orders.Notifications;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Participants;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Intake;

/// <summary>
/// Today's answer is tomorrow's command: a result that no later step could use is refused when it arrives, not when it is needed.
/// </summary>
public sealed class When_a_result_is_not_what_the_plan_declares
{
    private const string Step = "send_confirmation";

    [Test]
    [Property("Rule", "S39")]
    public async Task Should_leave_the_step_open_and_let_an_operator_give_the_right_one()
    {
        await using var system = await RunningSystem.Start();
        await using var participant = await TestParticipant.Replace(
            system,
            endpoint => endpoint.Add(new Confirms(new { NotificationId = (string?)null }))
        );
        var id = await system.Api.StartSaga(Order.Of());
        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("result_refused"), "the result is refused");
        var saga = await system.Api.GetSaga(id);
        saga.GetProperty("state").GetString().ShouldBe("Pending");
        saga.Step(Step).GetProperty("waitsFor").GetString().ShouldBe("Reply");
        saga.Step(Step)
            .GetProperty("refusedResult")
            .GetString()
            .ShouldBe("result.notificationId: Expected a text of 1 to 200 characters, got null.");

        var wrong = await system.Api.Operate(id, "resolve", Resolution(new { notificationId = 7 }));
        wrong.Status.ShouldBe(400);
        wrong.Body.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("result.notificationId");
        (await system.Api.Operate(id, "resolve", Resolution(new { notificationId = "N-1" }))).Status.ShouldBe(200);
        saga = await system.Api.WaitFor(id, "Completed");
        saga.Step(Step).GetProperty("result").GetProperty("notificationId").GetString().ShouldBe("N-1");
        saga.Step(Step).TryGetProperty("refusedResult", out _).ShouldBeFalse();
    }

    [Test]
    [Property("Rule", "S39")]
    public async Task Should_give_the_step_up_like_any_other_when_nobody_brings_the_right_one()
    {
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "2s";
            settings["OrderFulfillment:Attempts"] = "3";
        });
        await using var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(new Confirms(Result: null)));
        var id = await system.Api.StartSaga(Order.Of());
        var saga = await system.Api.WaitFor(id, "Failed");
        saga.GetProperty("compensated").Strings().First().ShouldBe(Step);
        (await system.Api.HistoryTypes(id)).ShouldContain("result_refused");
    }

    private static object Resolution(object result) =>
        new
        {
            step = Step,
            outcome = "done",
            by = "alice",
            reason = "Seen in the outbox of the mail server.",
            result,
        };

    private sealed class Confirms(object? Result) : StepHandler<SendOrderConfirmation, SendCancellationNotice>
    {
        public override Task<StepOutcome> Do(SendOrderConfirmation command, StepContext context) => new StepOutcome.Completed(Result);

        public override Task<UndoOutcome> Undo(SendCancellationNotice command, StepContext context) => new UndoOutcome.Completed();
    }
}
