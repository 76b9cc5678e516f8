using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SagaOrchestrator.Intake.Tests;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Intake;

/// <summary>
/// Whatever is accepted can be stored, read over each route, compared and undone; whatever is refused changes nothing; both doors say the
/// same.
/// </summary>
public sealed class When_starts_are_drawn
{
    private const int Count = 150;

    // The same draws each time: a test that finds something else now and then is no gate.
    private const ulong Seed = 4711;

    [Test]
    [Property("Rule", "S39")]
    public async Task Should_be_taken_or_refused_the_same_at_both_doors_and_be_whole_when_taken()
    {
        var system = await SharedSystem.Get();
        var taken = new List<Drawn>();
        var refused = new List<Drawn>();
        foreach (var drawn in DrawnDocuments.Of(Fields()).Sample(Count, new Rnd(Seed), Count).Select(template => new Drawn(template)))
        {
            var answer = await Post(system.Api, drawn.Rest);
            ((int)answer.StatusCode is 202 or 400).ShouldBeTrue($"{(int)answer.StatusCode} for {drawn.Rest}");
            await system.Sandbox.Publish("orchestrator", drawn.Envelope);
            if (answer.IsSuccessStatusCode)
            {
                taken.Add(drawn with { Id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid() });
            }
            else
            {
                refused.Add(drawn);
            }
        }

        (taken.Count, refused.Count).ShouldSatisfyAllConditions(
            counts => counts.Item1.ShouldBeGreaterThan(5),
            counts => counts.Item2.ShouldBeGreaterThan(5)
        );
        await Eventually.True(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).Count(letter => refused.Any(one => letter.Payload == one.Envelope))
                == refused.Count,
            "what REST refused is a dead letter"
        );
        foreach (var drawn in taken)
        {
            await BeWhole(system, drawn);
        }
    }

    private static async Task BeWhole(RunningSystem system, Drawn drawn)
    {
        var saga = await system.Api.WaitFor(drawn.Id, "Completed", "Failed");
        (await system.Api.History(drawn.Id)).ShouldNotBeEmpty();
        var key = saga.GetProperty("businessKey").GetString()!;
        (await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?key={Uri.EscapeDataString(key)}"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(1);
        (
            await system.Sandbox.Query<string>($"select jsonb_pretty(data::jsonb) from orchestrator.saga where id = '{drawn.Id}'")
        ).ShouldNotBeEmpty();
        ((int)(await Post(system.Api, drawn.Rest)).StatusCode).ShouldBe(200, "the same start again finds the same saga");
        await Eventually.True(
            async () =>
                await system.Sandbox.Query<long>($"select count(*) from orchestrator.saga where business_key = '{drawn.MessageKey}'") == 1,
            "the message starts one too"
        );
    }

    private static Task<HttpResponseMessage> Post(HttpClient api, string body) =>
        api.PostAsync("/api/v1/sagas/order-fulfillment", new StringContent(body, Encoding.UTF8, "application/json"));

    // All but the order's id, which is put in for each door.
    private static KeyValuePair<string, string>[] Fields() =>
        [.. Order.Of().Where(field => field.Key != "orderId").Select(field => KeyValuePair.Create(field.Key, field.Value!.ToJsonString()))];

    private sealed record Drawn(string Template)
    {
        private readonly string restKey = Order.NewId();
        private readonly Guid messageId = Guid.NewGuid();

        public string MessageKey { get; } = Order.NewId();

        public Guid Id { get; init; }

        public string Rest => With(restKey);

        public string Envelope =>
            $"{{\"messageId\":\"{messageId}\",\"messageType\":[\"urn:message:SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment\"],\"message\":{With(MessageKey)}}}";

        private string With(string key) => $"{{\"orderId\":\"{key}\",{Template[1..]}";
    }
}
