using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Reads;

/// <summary>When the timers of all sagas are due, over REST.</summary>
public sealed class When_timers_are_read
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start(settings => settings["OrderFulfillment:StepTimeout"] = "00:00:02");

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_tell_what_the_next_ones_will_do_and_how_many_there_are_by_hour()
    {
        var order = Order.Business(unitPrice: 600);
        var id = await system.Api.StartSaga(order, "business-order");
        var due = (await system.Api.WaitForStep(id, "await_approval", "Signal")).Step("await_approval").GetProperty("dueAt");
        var read = await Eventually.Get(
            () => Timers("?type=business-order"),
            timers => timers.GetProperty("items").EnumerateArray().Any(one => one.GetProperty("sagaId").GetGuid() == id),
            "its timer is among the next ones"
        );
        var item = read.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("sagaId").GetGuid() == id);
        item.GetProperty("step").GetString().ShouldBe("await_approval");
        item.GetProperty("businessKey").GetString().ShouldBe((string)order["orderId"]!);
        item.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(due.GetDateTimeOffset());
        item.GetProperty("sentence").GetString()!.ShouldContain("if the signal does not come");
        item.GetProperty("does").GetArrayLength().ShouldBeGreaterThan(0);
        (await system.Api.GetAsync(item.GetProperty("saga").GetString())).IsSuccessStatusCode.ShouldBeTrue();

        var until = Uri.EscapeDataString($"{due.GetDateTimeOffset().AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        var hours = (await Timers($"?type=business-order&before={until}")).GetProperty("hours").EnumerateArray();
        hours.Sum(hour => hour.GetProperty("timers").GetInt64()).ShouldBe(1);
        (await Timers("?type=order-fulfillment")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await system.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." });
        await Eventually.True(
            async () => (await Timers($"?type=business-order&before={until}")).GetProperty("hours").GetArrayLength() == 0,
            "no timer is left"
        );
    }

    [Test]
    public async Task Should_say_why_a_timer_is_late_that_no_node_can_handle()
    {
        await system.StopParticipant("notifications");
        var id = await system.Api.StartSaga(Order.Of());
        await system.Api.WaitForStep(id, "send_confirmation", "Reply");
        await LeaveTo(id, planVersion: 7);
        var late = await Eventually.Get(() => Timers(string.Empty), timers => timers.GetProperty("late").GetInt32() == 1, "it is late");
        var item = late.GetProperty("items")[0];
        item.GetProperty("sagaId").GetGuid().ShouldBe(id);
        item.GetProperty("sentence")
            .GetString()
            .ShouldBe("This node does not have plan 'order-fulfillment' version 7: only a node that does can handle its timer.");
        late.GetProperty("lateIsExact").GetBoolean().ShouldBeTrue();
        await LeaveTo(id, planVersion: 1);
        await system.StartParticipant("notifications");
        await system.Api.WaitFor(id, "Completed");
        await Eventually.True(async () => (await Timers(string.Empty)).GetProperty("late").GetInt32() == 0, "it was handled");
    }

    [TestCase("limit=51", "limit")]
    [TestCase("before=tomorrow", "before")]
    [TestCase("before=2999-01-01", "before")]
    [TestCase("state=late", "state")]
    public async Task Should_name_the_parameter_that_is_wrong(string query, string field)
    {
        var answer = await system.Api.GetAsync($"/api/v1/timers?{query}");
        (await answer.ShouldBeProblem(ProblemTypes.InvalidRequest)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    // As a saga of a newer build is left after a deploy that was taken back.
    private Task LeaveTo(Guid id, int planVersion) =>
        system.Sandbox.Execute($"update orchestrator.saga set plan_version = {planVersion}, version = version + 1 where id = '{id}'");

    private Task<JsonElement> Timers(string query) => system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/timers{query}");
}
