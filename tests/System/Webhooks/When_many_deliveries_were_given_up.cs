using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

/// <summary>A receiver was away, or answered with errors, for longer than deliveries are tried.</summary>
public sealed class When_many_deliveries_were_given_up
{
    private const int Some = 6;

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings.Webhooks();
            settings["Webhooks:GiveUpAfter"] = "00:00:01";
            // Longer than they are tried, so that each is tried once.
            settings["Webhooks:FirstPause"] = "00:05:00";
            settings["Webhooks:LongestPause"] = "00:05:00";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_all_be_sent_again_when_the_receiver_is_back()
    {
        await using var receiver = await Receiver.Start();
        var (id, _) = await system.Api.Hook(receiver.Url);
        await receiver.Stop();
        var sagas = await Fail(id, Some);
        await receiver.Start();

        (await Many(id, "redeliver", new JsonObject { ["dryRun"] = true })).ShouldBe((Some, 0));
        (await Webhook(id)).ShouldBe((0, Some));
        (await Many(id, "redeliver", new JsonObject { ["limit"] = 1 })).ShouldBe((Some, 1));
        await Eventually.True(async () => await Webhook(id) == (0, Some - 1), "the first is taken");
        receiver.All.ShouldHaveSingleItem().SagaId.ShouldBe(sagas[0]);
        (await Many(id, "redeliver")).ShouldBe((Some - 1, Some - 1));
        await Eventually.True(async () => await Webhook(id) == (0, 0), "all are taken");
        receiver.All.Select(delivery => delivery.SagaId).ShouldBe(sagas);
        (await Many(id, "redeliver")).ShouldBe((0, 0));
        (await Logged(id, "redeliver-many")).ShouldBe(2);
    }

    [Test]
    public async Task Should_be_found_by_what_the_receiver_answered_and_since_when()
    {
        await using var receiver = await Receiver.Start((_, _) => Task.FromResult(503));
        var (id, _) = await system.Api.Hook(receiver.Url);
        await Fail(id, 2);
        var between = await system.Sandbox.Query<DateTime>("select now()");
        await receiver.Stop();
        await Fail(id, 3);
        async Task<int> Found(string name, string value) =>
            (await Many(id, "redeliver", new JsonObject { ["dryRun"] = true, [name] = value })).Matching;
        (await Found("cause", "503")).ShouldBe(2);
        (await Found("cause", "no-answer")).ShouldBe(3);
        (await Found("cause", "500")).ShouldBe(0);
        (await Found("since", between.ToString("o"))).ShouldBe(3);
        (await Found("before", between.ToString("o"))).ShouldBe(2);
    }

    [Test]
    public async Task Should_be_tried_one_at_a_time_while_the_receiver_takes_none_and_be_given_up_together()
    {
        await using var receiver = await Receiver.Start((_, _) => Task.FromResult(503));
        var (id, _) = await system.Api.Hook(receiver.Url);
        await Fail(id, Some);
        var before = receiver.All.Count;
        (await Many(id, "redeliver")).ShouldBe((Some, Some));
        await Eventually.True(async () => await Webhook(id) == (Some - 1, 1), "the first was tried in vain");
        // What an operator asks for alone goes at once, and after it whatever else is due would.
        var (_, ping) = await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        await system.Api.WaitForDelivery(id, ping.GetProperty("number").GetInt64(), "Failed");
        receiver.All.Count.ShouldBe(before + 2);

        (await Many(id, "give-up", new JsonObject { ["cause"] = "no-answer" })).ShouldBe((0, 0));
        (await Many(id, "give-up")).ShouldBe((Some - 1, Some - 1));
        (await Webhook(id)).ShouldBe((0, Some + 1), "the ping has failed too");
        (await Logged(id, "give-up-many")).ShouldBe(1);
        receiver.Answer = (_, _) => Task.FromResult(200);
        (await Many(id, "redeliver")).ShouldBe((Some, Some));
        await Eventually.True(async () => await Webhook(id) == (0, 1), "all are taken at last");
    }

    [TestCase("cause", "teapot")]
    [TestCase("since", "2026-13-41")]
    [TestCase("before", "2000-01-01")]
    public async Task Should_name_the_field_that_is_wrong(string field, string value)
    {
        var body = new JsonObject
        {
            ["since"] = "2026-01-31",
            ["by"] = "alice",
            ["reason"] = "To see.",
        };
        body[field] = value;
        var (status, problem) = await system.Api.Change($"{WebhookClient.Path}/{Guid.NewGuid()}/deliveries/redeliver", body);
        status.ShouldBe(400);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.GetRawText());
    }

    [TestCase("redeliver")]
    [TestCase("give-up")]
    public async Task Should_say_that_there_is_no_such_webhook(string verb)
    {
        var (status, problem) = await system.Api.Change($"{WebhookClient.Path}/{Guid.NewGuid()}/deliveries/{verb}");
        (status, problem.GetProperty("field").GetString()).ShouldBe((404, "id"));
    }

    private async Task<IReadOnlyList<Guid>> Fail(Guid webhook, int count)
    {
        var already = (await Webhook(webhook)).Failed;
        var sagas = new List<Guid>();
        for (var number = 0; number < count; number++)
        {
            sagas.Add((await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid());
        }

        await Eventually.True(async () => (await Webhook(webhook)).Failed == already + count, "all are given up");
        return sagas;
    }

    private async Task<(int Matching, int Changed)> Many(Guid webhook, string verb, JsonObject? filter = null)
    {
        var body = filter ?? [];
        (body["by"], body["reason"]) = ("alice", "The receiver is back.");
        var (status, answer) = await system.Api.Change($"{WebhookClient.Path}/{webhook}/deliveries/{verb}", body);
        status.ShouldBe(200, answer.GetRawText());
        return (answer.GetProperty("matching").GetInt32(), answer.GetProperty("changed").GetInt32());
    }

    private async Task<(int Pending, int Failed)> Webhook(Guid id)
    {
        var webhook = await system.Api.Webhook(id);
        return (webhook.GetProperty("pending").GetInt32(), webhook.GetProperty("failed").GetInt32());
    }

    private async Task<int> Logged(Guid webhook, string verb) =>
        JsonElement
            .Parse(await system.Api.GetStringAsync($"/api/v1/operator-actions?subject={webhook}&verb={verb}"))
            .GetProperty("items")
            .GetArrayLength();
}
