using System.Globalization;
using System.Net;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Feeds;

public sealed class When_a_saga_is_followed
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    public async Task Should_tell_each_entry_of_its_history_once_and_end_with_the_saga()
    {
        var id = await system.Api.StartSaga(Order.Of());
        await using var stream = await EventStream.Open(system.Api, $"/api/v1/sagas/{id}/events");
        var told = new List<(int Version, string Type)>();
        while (await stream.Next() is { } next)
        {
            told.Add((int.Parse(next.EventId!, CultureInfo.InvariantCulture), next.EventType));
        }

        told.ShouldBe(
            (await system.Api.History(id)).Select(entry =>
                (entry.GetProperty("version").GetInt32(), entry.GetProperty("type").GetString()!)
            )
        );
    }

    [Test]
    public async Task Should_go_on_behind_the_last_event_that_was_seen_and_say_when_there_is_no_more()
    {
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var versions = (await system.Api.History(id)).Select(entry => entry.GetProperty("version").GetInt32()).ToList();
        await using (var stream = await EventStream.Open(system.Api, $"/api/v1/sagas/{id}/events", lastSeen: $"{versions[2]}"))
        {
            (await stream.Next())!.Value.EventId.ShouldBe($"{versions[3]}");
        }

        using var past = await EventStream.Ask(system.Api, $"/api/v1/sagas/{id}/events", lastSeen: $"{versions[^1]}");
        past.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [TestCase("/api/v1/sagas/0b5a2c0e-3c57-4b1f-9c57-0d7b9c6f4a11/events", HttpStatusCode.NotFound)]
    [TestCase("/api/v1/sagas/0b5a2c0e-3c57-4b1f-9c57-0d7b9c6f4a11/events?after=x", HttpStatusCode.BadRequest)]
    [TestCase("/api/v1/sagas/events?state=Gone", HttpStatusCode.BadRequest)]
    [TestCase("/api/v1/sagas/events?key=a", HttpStatusCode.BadRequest)]
    [TestCase("/api/v1/sagas/events?sort=ended", HttpStatusCode.BadRequest)]
    [TestCase("/api/v1/sagas/events?column.unknown=1", HttpStatusCode.BadRequest)]
    public async Task Should_refuse_what_cannot_be_followed_with_a_problem(string path, HttpStatusCode status)
    {
        using var answer = await EventStream.Ask(system.Api, path);
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Test]
    public async Task Should_tell_of_many_sagas_how_each_is_when_it_has_changed()
    {
        var prefix = Order.NewId() + "-";
        await using var stream = await EventStream.Open(system.Api, $"/api/v1/sagas/events?type=order-fulfillment&keyPrefix={prefix}");
        await system.Api.StartSaga(Order.Of(id: prefix + "a"));
        var ended = await stream.Next(saga => saga.GetProperty("state").GetString() == "Completed");
        await system.Api.StartSaga(Order.Of(id: prefix + "b"));
        await system.Api.StartSaga(Order.Of(id: prefix + "c"));
        await stream.Next(saga => saga.GetProperty("businessKey").GetString() == prefix + "c");

        // What came after the first end comes again for somebody who has seen that much, and nothing before.
        await using var again = await EventStream.Open(
            system.Api,
            $"/api/v1/sagas/events?type=order-fulfillment&keyPrefix={prefix}",
            lastSeen: ended.EventId
        );
        var keys = new HashSet<string>();
        while (keys.Count < 2)
        {
            keys.Add(JsonDocument.Parse((await again.Next())!.Value.Data).RootElement.GetProperty("businessKey").GetString()!);
        }

        keys.ShouldBe([prefix + "b", prefix + "c"], ignoreOrder: true);
    }

    [Test]
    public async Task Should_end_every_stream_when_the_node_shuts_down()
    {
        await using var own = await RunningSystem.Start();
        var stream = await EventStream.Open(own.Api, "/api/v1/sagas/events");
        var last = stream.Next();
        await own.StopOrchestrator();
        (await last).ShouldBeNull("it ends, and is not cut off");
    }
}
