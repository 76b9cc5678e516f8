using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_receiver_does_not_take_deliveries
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start(settings => settings.Webhooks());

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_tell_all_in_order_when_it_is_back()
    {
        await using var receiver = await Receiver.Start();
        await system.Api.Hook(receiver.Url);
        var first = await Run();
        await receiver.WaitFor(1);
        await receiver.Stop();
        var missed = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 8))
        {
            missed.Add(await Run());
        }

        var webhook = await Eventually.Get(
            () => system.Api.GetStringAsync(WebhookClient.Path),
            list => list.Contains("failingSince", StringComparison.Ordinal),
            "it is said to fail"
        );
        webhook.ShouldNotContain("whsec_");
        await receiver.Start();
        await receiver.WaitFor(9);
        receiver.All.Select(delivery => delivery.SagaId).ShouldBe([first, .. missed]);
    }

    [Test]
    public async Task Should_try_again_with_the_same_id_and_body_and_keep_the_others_behind_it()
    {
        var refusals = 3;
        await using var receiver = await Receiver.Start((_, _) => Task.FromResult(Interlocked.Decrement(ref refusals) >= 0 ? 503 : 200));
        var (id, secret) = await system.Api.Hook(receiver.Url);
        var (first, second) = (await Run(), await Run());
        await receiver.WaitFor(5);

        receiver.All.Select(delivery => delivery.SagaId).ShouldBe([first, first, first, first, second]);
        receiver.All.Take(4).Select(delivery => delivery.Id).Distinct().ShouldHaveSingleItem();
        receiver.All.Take(4).Select(delivery => delivery.Text).Distinct().ShouldHaveSingleItem();
        receiver.All.ShouldAllBe(delivery => delivery.Signatures.Single() == delivery.SignatureWith(secret));
        var told = await system.Api.WaitForDelivery(id, 1, "Delivered");
        told.GetProperty("attempts").GetInt32().ShouldBe(4);
        told.GetProperty("body").GetProperty("sagaId").GetGuid().ShouldBe(first);
    }

    [Test]
    public async Task Should_not_keep_others_waiting_for_one_that_is_slow()
    {
        var held = new TaskCompletionSource();
        await using var slow = await Receiver.Start(
            async (_, http) =>
            {
                await held.Task.WaitAsync(http.RequestAborted);
                return 200;
            }
        );
        await using var quick = await Receiver.Start();
        var (waiting, _) = await system.Api.Hook(slow.Url);
        await system.Api.Hook(quick.Url);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await Run();
        }

        await quick.WaitFor(5);
        slow.All.Count.ShouldBe(1, "it has one request on its way and no more");
        held.SetResult();
        await slow.WaitFor(5);
        await system.Api.WaitForDelivery(waiting, 5, "Delivered");
        slow.All.Select(delivery => delivery.SagaId).ShouldBe(quick.All.Select(delivery => delivery.SagaId));
    }

    [Test]
    public async Task Should_follow_no_redirect()
    {
        await using var elsewhere = await Receiver.Start();
        await using var receiver = await Receiver.Start(
            (_, http) =>
            {
                http.Response.Headers.Location = elsewhere.Url;
                return Task.FromResult(307);
            }
        );
        var (id, _) = await system.Api.Hook(receiver.Url);
        await Run();
        await receiver.WaitFor(2);

        elsewhere.All.ShouldBeEmpty();
        var waiting = (await system.Api.Deliveries(id, "?state=Pending")).ShouldHaveSingleItem();
        waiting.GetProperty("status").GetInt32().ShouldBe(307);
        waiting.GetProperty("problem").GetString()!.ShouldContain("redirect");
    }

    [Test]
    public async Task Should_send_nothing_more_when_it_is_gone_and_go_on_when_it_was_changed()
    {
        await using var gone = await Receiver.Start((_, _) => Task.FromResult(410));
        await using var receiver = await Receiver.Start();
        var (id, secret) = await system.Api.Hook(gone.Url);
        var first = await Run();
        await Eventually.Get(
            async () => (await system.Api.Webhook(id)).GetProperty("state").GetString(),
            state => state == "Gone",
            "it is switched off"
        );
        var alarm = await Eventually.Get(
            () => system.Api.GetStringAsync("/api/v1/alarms"),
            alarms => alarms.Contains(id.ToString(), StringComparison.Ordinal),
            "an alarm stands"
        );
        alarm.ShouldContain("410 Gone");
        var second = await Run();
        gone.All.Count.ShouldBe(1);

        var (status, changed) = await system.Api.Change($"{WebhookClient.Path}/{id}/change", WebhookClient.Body(receiver.Url));
        status.ShouldBe(200, changed.GetRawText());
        changed.GetProperty("state").GetString().ShouldBe("Enabled");
        await receiver.WaitFor(2);
        receiver.All.Select(delivery => delivery.SagaId).ShouldBe([first, second]);
        receiver.All.ShouldAllBe(delivery => delivery.Signatures.Single() == delivery.SignatureWith(secret));
        gone.All.Count.ShouldBe(1);
        await Eventually.True(
            async () => !(await system.Api.GetStringAsync("/api/v1/alarms")).Contains(id.ToString(), StringComparison.Ordinal),
            "the alarm is over"
        );
    }

    [Test]
    public async Task Should_keep_what_waits_for_one_that_is_switched_off()
    {
        await using var receiver = await Receiver.Start();
        var (id, _) = await system.Api.Hook(receiver.Url, new JsonObject { ["enabled"] = false });
        var missed = new List<Guid> { await Run(), await Run() };
        await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        (await receiver.WaitFor(1)).ShouldHaveSingleItem().State.ShouldBe("Ping");
        await system.Api.Change($"{WebhookClient.Path}/{id}/change", WebhookClient.Body(receiver.Url));
        await receiver.WaitFor(3);
        receiver.All.Skip(1).Select(delivery => delivery.SagaId).ShouldBe(missed);
    }

    private async Task<Guid> Run() => (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
}
