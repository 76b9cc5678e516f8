using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Alarms;

public sealed class When_something_needs_somebody
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_raise_one_alarm_for_many_sagas_of_one_cause_and_clear_it_with_the_last()
    {
        var parked = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(async _ =>
                    (await system.Api.Run(Order.Of(token: "tok_norefund", street: null), "Parked")).GetProperty("id").GetGuid()
                )
        );
        var alarm = await Standing(
            "parked",
            alarm => alarm.GetProperty("detail").GetString()!.StartsWith("3 sagas wait", StringComparison.Ordinal)
        );
        alarm.GetProperty("subject").GetString().ShouldStartWith("order-fulfillment/process_payment/");
        alarm.GetProperty("level").GetString().ShouldBe("Warning");
        foreach (var id in parked)
        {
            await system.Api.Operate(
                id,
                "skip",
                new
                {
                    step = "process_payment",
                    by = "alice",
                    reason = "Paid back in cash.",
                }
            );
        }

        await Eventually.True(async () => !(await Alarms("standing")).Any(other => Kind(other) == "parked"), "the alarm is over");
        var subject = alarm.GetProperty("subject").GetString();
        (await Alarms("over")).Count(other => other.GetProperty("subject").GetString() == subject).ShouldBe(1, "it was raised once");
    }

    [Test]
    public async Task Should_raise_one_for_a_participant_that_is_away_and_clear_it_when_it_is_back()
    {
        await system.StopParticipant("notifications");
        await Standing("breaker", alarm => alarm.GetProperty("subject").GetString() == "notifications");
        await system.StartParticipant("notifications");
        await Eventually.True(async () => !(await Alarms("standing")).Any(other => Kind(other) == "breaker"), "the alarm is over");
    }

    [Test]
    [Property("Rule", "S35")]
    public async Task Should_be_raised_when_a_wrong_clock_has_put_the_job_off()
    {
        await system.Sandbox.Execute(
            "update orchestrator.qrtz_triggers set next_fire_time = next_fire_time + 36000000000 where trigger_name = 'watch-alarms'"
        );
        await system.StopParticipant("inventory");
        await Standing("breaker", alarm => alarm.GetProperty("subject").GetString() == "inventory");
        await system.StartParticipant("inventory");
        await Eventually.True(async () => !(await Alarms("standing")).Any(other => Kind(other) == "breaker"), "the alarm is over");
        await system.Sandbox.Execute(
            "update orchestrator.qrtz_triggers set next_fire_time = next_fire_time - 36000000000 where trigger_name = 'watch-alarms'"
        );
    }

    [Test]
    public async Task Should_be_critical_when_it_has_stood_for_long()
    {
        await system.Sandbox.Execute(
            "insert into orchestrator.alarm (kind, subject, detail, raised_at) values ('parked', 'a/b/c', 'x', now() - interval '16 "
                + "minutes')"
        );
        await Eventually.True(
            async () => (await Alarms("over")).Any(other => other.GetProperty("subject").GetString() == "a/b/c" && Kind(other) == "parked"),
            "what has no cause is over"
        );
        // The start raises alarms of its own, until the participants read their queues.
        await Eventually.True(async () => !(await Alarms("standing")).Any(other => Kind(other) == "breaker"), "all participants are there");
        await system.StopParticipant("shipping");
        await Standing("breaker", alarm => alarm.GetProperty("subject").GetString() == "shipping");
        await system.Sandbox.Execute(
            "update orchestrator.alarm set raised_at = now() - interval '16 minutes' where kind = 'breaker' and cleared_at is null"
        );
        await Standing("breaker", alarm => alarm.GetProperty("level").GetString() == "Critical");
        await system.StartParticipant("shipping");
    }

    [Test]
    public async Task Should_name_the_parameter_that_is_wrong()
    {
        var answer = await system.Api.GetAsync("/api/v1/alarms?state=on");
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("state", out _).ShouldBeTrue();
    }

    private async Task<JsonElement> Standing(string kind, Func<JsonElement, bool> isIt)
    {
        var alarms = await Eventually.Get(
            () => Alarms("standing"),
            all => all.Any(alarm => Kind(alarm) == kind && isIt(alarm)),
            $"an alarm of the kind {kind} stands"
        );
        return alarms.First(alarm => Kind(alarm) == kind && isIt(alarm));
    }

    private async Task<IReadOnlyList<JsonElement>> Alarms(string state) =>
        [.. (await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/alarms?state={state}")).GetProperty("items").EnumerateArray()];

    private static string? Kind(JsonElement alarm) => alarm.GetProperty("kind").GetString();
}
