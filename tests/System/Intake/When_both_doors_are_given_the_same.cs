using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Intake;

/// <summary>A start over REST and the same start by message are taken, or refused at the same path.</summary>
public sealed class When_both_doors_are_given_the_same
{
    private static readonly (string Field, string Json, string? Path)[] Fixtures =
    [
        ("total", "\"20.00\"", null),
        ("total", "20", null),
        ("total", "20.0", null),
        ("orderedOn", "null", null),
        ("unknown", "{\"a\":[1]}", null),
        ("shippingAddress", "{\"street\":\"1 \\ud83d\\ude00 Street\",\"city\":\"Lisbon\",\"country\":\"Portugal\"}", null),
        ("total", "\"20,00\"", "total"),
        ("total", "\"2e1\"", "total"),
        ("total", "2e1", "total"),
        ("total", "\" 20\"", "total"),
        ("total", "\"19.99\"", "total"),
        ("total", "\"20.005\"", "total"),
        ("total", "1e400", "total"),
        ("items", "[{\"productId\":\"p1\",\"quantity\":\"2\",\"unitPrice\":\"10.00\"}]", "items[0].quantity"),
        ("items", "[{\"productId\":\"p1\",\"quantity\":2.0,\"unitPrice\":\"10.00\"}]", "items[0].quantity"),
        ("items", "[{\"productId\":\"p1\",\"quantity\":2,\"unitPrice\":\"1,0\"}]", "items[0].unitPrice"),
        ("items", "[{\"productId\":\"\",\"quantity\":2,\"unitPrice\":\"10.00\"}]", "items[0].productId"),
        ("items", "[]", "items"),
        ("items", "null", "items"),
        ("items", "[null]", "items[0]"),
        ("currency", "\"ZZZ\"", "currency"),
        ("currency", "\"US\"", "currency"),
        ("customerId", "\"a\\u0000b\"", "customerId"),
        ("customerId", "\"\\ud83d\"", "customerId"),
        ("customerId", "\"a\\u200bb\"", "customerId"),
        ("customerId", "\" a\"", "customerId"),
        ("customerId", "7", "customerId"),
        ("CustomerId", "\"a\"", "CustomerId"),
        ("orderedOn", "\"31.01.2026\"", "orderedOn"),
        ("paymentMethod", "{\"type\":\"card\"}", "paymentMethod.token"),
        ("paymentMethod", "{\"type\":\"Card\",\"token\":\"tok_visa\"}", "paymentMethod.type"),
        ("shippingAddress", "{\"name\":\"" + "x{300}" + "\"}", "shippingAddress.name"),
        ("shippingAddress", "[]", "shippingAddress"),
    ];

    private static IEnumerable<int> Numbers => Enumerable.Range(0, Fixtures.Length);

    [TestCaseSource(nameof(Numbers))]
    [Property("Rule", "S39")]
    public async Task Should_answer_the_same(int number)
    {
        var (field, json, path) = Fixtures[number];
        var system = await SharedSystem.Get();
        var overRest = await system.Api.PostAsync(
            "/api/v1/sagas/order-fulfillment",
            new StringContent(Body(field, json, out _), Encoding.UTF8, "application/json")
        );
        var body = Body(field, json, out var key);
        var messageId = Guid.NewGuid();
        await system.Sandbox.Publish(
            "orchestrator",
            $$"""{"messageId":"{{messageId}}","messageType":["urn:message:SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment"],"message":{{body}}}"""
        );
        if (path is null)
        {
            overRest.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await Eventually.True(async () => await IsStarted(system, key), "the saga is started by the message");
            return;
        }

        overRest.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await overRest.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldContain(path);
        var letter = await Eventually.Get(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).FirstOrDefault(one => one.Payload.Contains(messageId.ToString())),
            one => one is not null,
            "the message is a dead letter"
        );
        letter!.Headers["dead-letter-path"].ShouldBe(path);
        letter
            .Headers["dead-letter-expected"]
            .ShouldBe(
                problem
                    .GetProperty("refusals")
                    .EnumerateArray()
                    .First(one => one.GetProperty("path").GetString() == path)
                    .GetProperty("expected")
                    .GetString()
            );
        (await IsStarted(system, key)).ShouldBeFalse();
    }

    private static async Task<bool> IsStarted(RunningSystem system, string key) =>
        (await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?key={Uri.EscapeDataString(key)}"))
            .GetProperty("items")
            .GetArrayLength() == 1;

    // A field that is there already is replaced.
    private static string Body(string field, string json, out string key)
    {
        var order = Order.Of();
        key = order["orderId"]!.GetValue<string>();
        order.Remove(field);
        return $"{order.ToJsonString()[..^1]},\"{field}\":{json.Replace("x{300}", new string('x', 300), StringComparison.Ordinal)}}}";
    }
}
