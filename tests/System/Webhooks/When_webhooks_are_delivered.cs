using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_webhooks_are_delivered
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings.Webhooks();
            settings["OrderFulfillment:CompensationAttempts"] = "1";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_tell_each_outcome_once_in_order_as_the_feed_has_it_and_signed()
    {
        await using var receiver = await Receiver.Start();
        var (_, secret) = await system.Api.Hook(receiver.Url);
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Run(completes: number % 4 != 0)));
        await receiver.WaitFor(20);

        var feed = await Outcomes(started);
        receiver.All.Select(delivery => delivery.Text).ShouldBe(feed.Select(outcome => outcome.GetRawText()));
        receiver.All.Select(delivery => delivery.Id).ShouldBeUnique();
        foreach (var delivery in receiver.All)
        {
            delivery.Method.ShouldBe("POST");
            delivery.Path.ShouldBe("/hooks");
            delivery.Headers["content-type"].ShouldBe("application/json");
            delivery.Signatures.ShouldBe([delivery.SignatureWith(secret)]);
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(delivery.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
            at.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
            delivery.Headers.Keys.ShouldNotContain("traceparent", "traces are nobody else's business");
        }
    }

    [Test]
    public async Task Should_tell_only_what_was_asked_for()
    {
        await using var all = await Receiver.Start();
        await using var failures = await Receiver.Start();
        await using var business = await Receiver.Start();
        await system.Api.Hook(all.Url);
        await system.Api.Hook(failures.Url, new JsonObject { ["outcomes"] = new JsonArray("Failed") });
        await system.Api.Hook(business.Url, new JsonObject { ["types"] = new JsonArray("business-order") });
        var (completed, failed) = (await Run(completes: true), await Run(completes: false));
        var company = await system.Api.StartSaga(Order.Business(), "business-order");
        await system.Api.WaitFor(company, "Completed");

        (await all.WaitFor(3)).Select(delivery => delivery.SagaId).ShouldBe([completed, failed, company]);
        (await failures.WaitFor(1)).ShouldHaveSingleItem().SagaId.ShouldBe(failed);
        (await business.WaitFor(1)).ShouldHaveSingleItem().SagaId.ShouldBe(company);
    }

    [Test]
    public async Task Should_tell_each_time_that_a_saga_is_parked_before_it_tells_its_end()
    {
        await using var receiver = await Receiver.Start();
        await system.Api.Hook(receiver.Url);
        var id = await system.Api.StartSaga(Order.Of(token: "tok_norefund", street: null));
        await system.Api.WaitFor(id, "Parked");
        await Operate(id, "retry");
        await receiver.WaitFor(2);
        await Operate(id, "skip");
        await receiver.WaitFor(3);

        receiver.All.Select(delivery => delivery.State).ShouldBe(["Parked", "Parked", "Failed"]);
        receiver.All.ShouldAllBe(delivery => delivery.SagaId == id);
        var parked = receiver.All[0].Json;
        parked.GetProperty("error").GetProperty("step").GetString().ShouldBe("process_payment");
        parked.GetProperty("links").GetProperty("saga").GetString().ShouldBe($"/api/v1/sagas/{id}");
        parked.TryGetProperty("endedAt", out _).ShouldBeFalse();
        receiver
            .All.Select(delivery => delivery.Json.GetProperty("position").GetInt64())
            .ShouldBeInOrder(SortDirection.Ascending, Comparer<long>.Default);
    }

    [Test]
    public async Task Should_tell_of_alarms_whoever_asked_for_them()
    {
        await using var receiver = await Receiver.Start();
        await using var other = await Receiver.Start();
        await system.Calm();
        await system.Api.Hook(receiver.Url, new JsonObject { ["outcomes"] = new JsonArray(), ["alarms"] = true });
        var (quiet, _) = await system.Api.Hook(other.Url, new JsonObject { ["outcomes"] = new JsonArray("Failed") });
        await system.StopParticipant("notifications");
        await WaitForAlarm(receiver, "Raised");
        await system.Sandbox.Execute(
            "update orchestrator.alarm set raised_at = now() - interval '16 minutes' where kind = 'breaker' and cleared_at is null"
        );
        await WaitForAlarm(receiver, "Escalated");
        await system.StartParticipant("notifications");
        await WaitForAlarm(receiver, "Cleared");

        var told = receiver.All.Where(delivery => delivery.Json.GetProperty("kind").GetString() == "breaker").ToList();
        told.Select(delivery => delivery.State).ShouldBe(["Raised", "Escalated", "Cleared"]);
        told.ShouldAllBe(delivery => delivery.Json.GetProperty("subject").GetString() == "notifications");
        told.Select(delivery => delivery.Json.GetProperty("level").GetString()).ShouldBe(["Warning", "Critical", "Critical"]);
        told.Select(delivery => delivery.Json.TryGetProperty("clearedAt", out _)).ShouldBe([false, false, true]);
        (await system.Api.Deliveries(quiet)).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_tell_nothing_that_happened_before()
    {
        var before = await Run(completes: true);
        await Outcomes([before]);
        await using var receiver = await Receiver.Start();
        await system.Api.Hook(receiver.Url);
        var after = await Run(completes: true);
        (await receiver.WaitFor(1)).Select(delivery => delivery.SagaId).ShouldBe([after]);
    }

    private static Task WaitForAlarm(Receiver receiver, string state) =>
        Eventually.True(
            () =>
                Task.FromResult(
                    receiver.All.Any(delivery => delivery.State == state && delivery.Json.GetProperty("kind").GetString() == "breaker")
                ),
            $"the alarm is {state}"
        );

    private async Task<Guid> Run(bool completes) =>
        (await system.Api.Run(completes ? Order.Of() : Order.Of(street: null), completes ? "Completed" : "Failed"))
            .GetProperty("id")
            .GetGuid();

    private async Task Operate(Guid id, string verb)
    {
        var (status, body) = await system.Api.Operate(
            id,
            verb,
            new
            {
                step = "process_payment",
                by = "alice",
                reason = "Paid back in cash.",
            }
        );
        status.ShouldBe(200, body.GetRawText());
    }

    private async Task<IReadOnlyList<JsonElement>> Outcomes(Guid[] sagas)
    {
        async Task<IReadOnlyList<JsonElement>> Read() =>
            [
                .. JsonElement
                    .Parse(await system.Api.GetStringAsync("/api/v1/outcomes?limit=1000"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Where(outcome => sagas.Contains(outcome.GetProperty("sagaId").GetGuid())),
            ];
        return await Eventually.Get(Read, found => found.Count == sagas.Length, "all outcomes are in the feed");
    }
}
