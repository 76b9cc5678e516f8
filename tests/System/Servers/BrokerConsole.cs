using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>What an operator does in the RabbitMQ management console, over the API behind it.</summary>
internal static class BrokerConsole
{
    /// <summary>Publishes a payload to the exchange in front of a queue.</summary>
    public static Task Publish(this Sandbox sandbox, string queue, string payload, object? properties = null) =>
        sandbox.PublishTo(Queues.ExchangeOf(queue), payload, properties);

    /// <summary>Publishes a payload to an exchange.</summary>
    public static async Task PublishTo(this Sandbox sandbox, string exchange, string payload, object? properties = null)
    {
        var answer = await sandbox.Console.PostAsJsonAsync(
            $"/api/exchanges/{sandbox.Name}/{exchange}/publish",
            new
            {
                properties = properties ?? new { content_type = "application/vnd.masstransit+json" },
                routing_key = string.Empty,
                payload,
                payload_encoding = "string",
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Looks at a queue's messages and puts them back. A service's canaries, which come when little else does, are left out.
    /// </summary>
    public static async Task<IReadOnlyList<BrokerMessage>> Peek(this Sandbox sandbox, string queue, bool take = false)
    {
        var answer = await sandbox.Console.PostAsJsonAsync(
            $"/api/queues/{sandbox.Name}/{queue}/get",
            new
            {
                count = 1000,
                ackmode = take ? "ack_requeue_false" : "ack_requeue_true",
                encoding = "auto",
            }
        );
        answer.EnsureSuccessStatusCode();
        return
        [
            .. (await answer.Content.ReadFromJsonAsync<JsonElement>())
                .EnumerateArray()
                .Select(BrokerMessage.Of)
                .Where(message => !message.Headers.ContainsKey("saga-canary-node")),
        ];
    }

    /// <summary>Waits until a queue holds that many messages, and looks at them.</summary>
    public static Task<IReadOnlyList<BrokerMessage>> WaitFor(this Sandbox sandbox, string queue, int messages = 1) =>
        Eventually.Get(() => sandbox.Peek(queue), found => found.Count >= messages, $"{messages} messages in {queue}");

    /// <summary>How many messages a queue has, or of one kind, as the broker told lately.</summary>
    public static async Task<long> Count(this Sandbox sandbox, string queue, string kind = "messages") =>
        (await sandbox.Console.GetFromJsonAsync<JsonElement>($"/api/queues/{sandbox.Name}/{queue}")).TryGetProperty(kind, out var messages)
            ? messages.GetInt64()
            : 0;

    /// <summary>Takes a queue off its exchange.</summary>
    public static async Task Unbind(this Sandbox sandbox, string exchange, string queue) =>
        (await sandbox.TryUnbind(exchange, queue)).EnsureSuccessStatusCode();

    /// <summary>The same where it may be off already.</summary>
    public static Task<HttpResponseMessage> TryUnbind(this Sandbox sandbox, string exchange, string queue) =>
        sandbox.Console.DeleteAsync($"/api/bindings/{sandbox.Name}/e/{exchange}/q/{queue}/~");

    /// <summary>Puts it back.</summary>
    public static async Task Bind(this Sandbox sandbox, string exchange, string queue) =>
        (
            await sandbox.Console.PostAsJsonAsync(
                $"/api/bindings/{sandbox.Name}/e/{Uri.EscapeDataString(exchange)}/q/{queue}",
                new { routing_key = string.Empty }
            )
        ).EnsureSuccessStatusCode();

    /// <summary>Makes a queue of the test's own and binds it to an exchange.</summary>
    public static async Task Subscribe(this Sandbox sandbox, string exchange, string queue)
    {
        (await sandbox.Console.PutAsJsonAsync($"/api/queues/{sandbox.Name}/{queue}", new { durable = true })).EnsureSuccessStatusCode();
        await sandbox.Bind(exchange, queue);
    }
}

/// <summary>A message as the console shows it.</summary>
internal sealed record BrokerMessage(string Payload, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Message => JsonDocument.Parse(Payload).RootElement.GetProperty("message");

    public static BrokerMessage Of(JsonElement message)
    {
        var properties = message.GetProperty("properties");
        var headers =
            properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("headers", out var found)
                ? found.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.ToString())
                : [];
        return new BrokerMessage(message.GetProperty("payload").GetString()!, headers);
    }
}
