using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>Those of all queues together, without touching any.</summary>
public sealed class When_dead_letters_are_listed
{
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_find_each_by_what_is_known_of_it()
    {
        var saga = Guid.NewGuid();
        await system.Spoil("inventory", "{ this is not JSON", "{ nor is this");
        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaSignal",
                new JsonObject
                {
                    ["sagaId"] = saga.ToString(),
                    ["name"] = "approval",
                    ["signalId"] = Guid.NewGuid().ToString(),
                }
            )
        );
        await system.Api.WaitForLetters(3);

        var orphan = (await system.Api.Letters("reason=orphan")).Single();
        orphan.Text("queue").ShouldBe("orchestrator");
        orphan.Text("messageType").ShouldBe("SagaSignal");
        orphan.GetProperty("sagaId").GetGuid().ShouldBe(saga);
        orphan.GetProperty("ageSeconds").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        (await system.Api.Letters($"sagaId={saga}&messageType=SagaSignal")).Single().Id().ShouldBe(orphan.Id());
        (await system.Api.Letters("queue=inventory,orchestrator&reason=malformed")).Count.ShouldBe(2);
        (await system.Api.Letters("before=2020-01-01")).ShouldBeEmpty();
        (await system.Api.Letters("from=2020-01-01")).Count.ShouldBe(3);
        (await system.Api.Letters("state=redriven,discarded,gone")).ShouldBeEmpty();
        (await system.Sandbox.Peek("inventory.dead-letter")).Count.ShouldBe(2);
    }

    [Test]
    public async Task Should_go_from_page_to_page()
    {
        var ids = await system.Spoil("inventory", "{ 1", "{ 2", "{ 3");
        var first = await system.Api.GetFromJsonAsync<JsonElement>($"{DeadLetterClient.Path}?limit=2");
        first.GetProperty("items").EnumerateArray().Select(letter => letter.Id()).ShouldBe([ids[2], ids[1]]);
        var second = await system.Api.GetFromJsonAsync<JsonElement>($"{DeadLetterClient.Path}?limit=2&cursor={first.Text("next")}");
        second.GetProperty("items").EnumerateArray().Single().Id().ShouldBe(ids[0]);
        second.TryGetProperty("next", out _).ShouldBeFalse();
    }

    [Test]
    public async Task Should_be_grouped_by_cause()
    {
        await system.Spoil("inventory", "{ 1", "{ 2");
        await system.Spoil("payments", "{ 3");
        var groups = (await system.Api.GetFromJsonAsync<JsonElement>($"{DeadLetterClient.Path}/groups"))
            .GetProperty("items")
            .EnumerateArray()
            .ToList();
        groups
            .Select(group => (group.Text("queue"), group.Text("reason"), group.GetProperty("count").GetInt64()))
            .ShouldBe([("inventory", "malformed", 2), ("payments", "malformed", 1)]);
        groups[0]
            .GetProperty("links")
            .Text("example")
            .ShouldBe((await system.Api.Letters("queue=inventory"))[0].GetProperty("links").Text("self"));
        groups[0].Text("sentence").ShouldContain("Expected valid JSON");
        groups[0].GetProperty("oldest").GetDateTimeOffset().ShouldBeLessThan(groups[0].GetProperty("newest").GetDateTimeOffset());
    }

    [Test]
    public async Task Should_show_one_to_the_byte()
    {
        var id = (await system.Spoil("inventory", "{ \"token\": <b>"))[0];
        var letter = await system.Api.Letter(id);
        letter.GetProperty("headers").Text("dead-letter-id").ShouldBe(id.ToString());
        letter.GetProperty("headers").Text("dead-letter-reason").ShouldBe("malformed");
        var body = await system.Api.GetAsync(letter.GetProperty("links").Text("body"));
        (await body.Content.ReadAsStringAsync()).ShouldBe("{ \"token\": <b>");
        body.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        body.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream", "it is no JSON");
    }

    [Test]
    public async Task Should_count_a_copy_that_comes_twice_as_one()
    {
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        await system.Sandbox.Publish(
            "inventory.dead-letter",
            "{ 1",
            new { headers = new Dictionary<string, object> { ["dead-letter-id"] = id.ToString() } }
        );
        await system.Spoil("payments", "{ 2");
        (await system.Api.Letters()).Count.ShouldBe(2);
    }

    [Test]
    public async Task Should_be_counted_by_the_queue_that_they_were_taken_from()
    {
        var counted = new System.Collections.Concurrent.ConcurrentBag<(long Count, string Queue)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "saga.dead_letters")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
            {
                tags.ToArray().Single().Key.ShouldBe("messaging.destination.name");
                counted.Add((count, (string)tags[0].Value!));
            }
        );
        listener.Start();
        await system.Spoil("notifications", "{ 1", "{ 2");
        await Eventually.True(
            () =>
            {
                listener.RecordObservableInstruments();
                return Task.FromResult(counted.Contains((2, "notifications")));
            },
            "both are counted"
        );
    }

    [TestCase("?state=lost", "state")]
    [TestCase("?sagaId=7", "sagaId")]
    [TestCase("?limit=501", "limit")]
    [TestCase("?cursor=abc", "cursor")]
    [TestCase("?from=yesterday", "from")]
    [TestCase("?colour=red", "colour")]
    [TestCase("/groups?state=lost", "state")]
    public async Task Should_refuse_what_cannot_be_asked(string query, string field)
    {
        var answer = await system.Api.GetAsync(DeadLetterClient.Path + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [TestCase("")]
    [TestCase("/body")]
    public async Task Should_say_that_there_is_none(string what)
    {
        var answer = await system.Api.GetAsync($"{DeadLetterClient.Path}/{Guid.NewGuid()}{what}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("type").ShouldBe("/problems/unknown-dead-letter");
    }
}
