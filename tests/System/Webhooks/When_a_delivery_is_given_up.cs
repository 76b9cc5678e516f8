using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_delivery_is_given_up
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings.Webhooks();
            settings["Webhooks:GiveUpAfter"] = "00:00:02";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_keep_it_go_on_with_the_next_and_deliver_it_when_an_operator_asks()
    {
        var poison = Guid.Empty;
        await using var receiver = await Receiver.Start(
            (delivery, _) => Task.FromResult(delivery.State != "Ping" && delivery.SagaId == poison ? 500 : 200)
        );
        var (id, secret) = await system.Api.Hook(receiver.Url);
        poison = await system.Api.StartSaga(Order.Of());
        await system.Api.WaitFor(poison, "Completed");
        var failed = await system.Api.WaitForDelivery(id, 1, "Failed");
        failed.GetProperty("status").GetInt32().ShouldBe(500);
        failed.GetProperty("attempts").GetInt32().ShouldBeGreaterThan(1);
        (await system.Api.Webhook(id)).GetProperty("failed").GetInt32().ShouldBe(1);
        var next = await Run();
        await system.Api.WaitForDelivery(id, 2, "Delivered");
        receiver.All[^1].SagaId.ShouldBe(next);

        var (lost, tried) = (poison, receiver.All.Count);
        poison = Guid.Empty;
        var (status, redelivered) = await system.Api.Change($"{WebhookClient.Path}/{id}/deliveries/1/redeliver");
        status.ShouldBe(202, redelivered.GetRawText());
        redelivered.GetProperty("state").GetString().ShouldBe("Pending");
        await system.Api.WaitForDelivery(id, 1, "Delivered");
        var taken = receiver.All[tried];
        taken.SagaId.ShouldBe(lost);
        taken.Id.ShouldBe(receiver.All[0].Id);
        taken.Text.ShouldBe(receiver.All[0].Text);
        taken.Signatures.ShouldBe([taken.SignatureWith(secret)]);
        (await system.Api.Webhook(id)).GetProperty("failed").GetInt32().ShouldBe(0);
    }

    [Test]
    public async Task Should_not_keep_others_waiting_for_what_an_operator_asked_for()
    {
        var poison = Guid.Empty;
        await using var receiver = await Receiver.Start((delivery, _) => Task.FromResult(delivery.SagaId == poison ? 500 : 200));
        var (id, _) = await system.Api.Hook(receiver.Url);
        poison = await system.Api.StartSaga(Order.Of());
        await system.Api.WaitForDelivery(id, 1, "Failed");
        await system.Api.Change($"{WebhookClient.Path}/{id}/deliveries/1/redeliver");
        await Run();
        await system.Api.WaitForDelivery(id, 2, "Delivered");
        var again = await system.Api.WaitForDelivery(id, 1, "Failed");
        again.GetProperty("isApart").GetBoolean().ShouldBeTrue();
    }

    [Test]
    public async Task Should_try_a_ping_once_and_tell_what_came_of_it()
    {
        await using var receiver = await Receiver.Start((_, _) => Task.FromResult(500));
        var (id, _) = await system.Api.Hook(receiver.Url);
        var (status, ping) = await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        status.ShouldBe(202, ping.GetRawText());
        var number = ping.GetProperty("number").GetInt64();
        var tried = await system.Api.WaitForDelivery(id, number, "Failed");
        (tried.GetProperty("event").GetString(), tried.GetProperty("attempts").GetInt32()).ShouldBe(("Ping", 1));
        receiver.All.ShouldHaveSingleItem().Json.GetProperty("webhookId").GetGuid().ShouldBe(id);
        (await system.Api.Webhook(id)).TryGetProperty("failingSince", out _).ShouldBeFalse();
    }

    [Test]
    public async Task Should_raise_an_alarm_for_a_receiver_that_has_taken_nothing_for_long()
    {
        await using var receiver = await Receiver.Start((_, _) => Task.FromResult(500));
        var (id, _) = await system.Api.Hook(receiver.Url);
        await Run();
        await system.Api.WaitForDelivery(id, 1, "Failed");
        await system.Sandbox.Execute($"update orchestrator.webhook set failing_since = now() - interval '6 minutes' where id = '{id}'");
        var alarms = await Eventually.Get(
            () => system.Api.GetFromJsonAsync("/api/v1/alarms"),
            found => found.Any(alarm => alarm.GetProperty("subject").GetString() == id.ToString()),
            "an alarm stands"
        );
        var alarm = alarms.Single(one => one.GetProperty("subject").GetString() == id.ToString());
        alarm.GetProperty("kind").GetString().ShouldBe("webhook");
        alarm.GetProperty("detail").GetString()!.ShouldContain("1 delivery was given up");
        receiver.Answer = (_, _) => Task.FromResult(200);
        await Run();
        await Eventually.Get(
            () => system.Api.GetFromJsonAsync("/api/v1/alarms"),
            found => found.All(one => one.GetProperty("subject").GetString() != id.ToString()),
            "the alarm is over"
        );
    }

    private async Task<Guid> Run() => (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
}

internal static class AlarmsOf
{
    public static async Task<IReadOnlyList<JsonElement>> GetFromJsonAsync(this HttpClient api, string path) =>
        [.. JsonElement.Parse(await api.GetStringAsync(path)).GetProperty("items").EnumerateArray()];
}
