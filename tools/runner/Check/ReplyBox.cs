using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// A queue with an exchange, to which some participants may write while it is there. It is made and taken away over RabbitMQ's management
/// API, and so are the rights.
/// </summary>
internal sealed class ReplyBox : IAsyncDisposable
{
    private const int Most = 1000;

    private readonly HttpClient broker;
    private readonly string host;
    private readonly string queue = $"end-check-{Guid.NewGuid():N}";
    private readonly List<(string Path, JsonNode Permission)> before = [];

    private ReplyBox(HttpClient broker, string virtualHost)
    {
        this.broker = broker;
        host = Uri.EscapeDataString(virtualHost);
    }

    /// <summary>Participants answer there.</summary>
    public string Exchange => Queues.ExchangeOf(queue);

    public static async Task<ReplyBox> Open(
        HttpClient broker,
        string virtualHost,
        IEnumerable<string> participants,
        CancellationToken cancellationToken
    )
    {
        var box = new ReplyBox(broker, virtualHost);
        try
        {
            await box.Put($"queues/{box.host}/{box.queue}", new { durable = true }, cancellationToken);
            await box.Put($"exchanges/{box.host}/{box.Exchange}", new { type = "fanout", durable = true }, cancellationToken);
            await box.Post($"bindings/{box.host}/e/{box.Exchange}/q/{box.queue}", new { routing_key = string.Empty }, cancellationToken);
            foreach (var participant in participants)
            {
                await box.Permit(participant, cancellationToken);
            }

            return box;
        }
        catch
        {
            await box.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a message to the exchange in front of a participant's queue.</summary>
    public async Task Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var published = new
        {
            properties = new
            {
                content_type = message.ContentType,
                message_id = message.MessageId.ToString(),
                delivery_mode = 2,
                headers = message.Headers,
            },
            routing_key = string.Empty,
            payload = Convert.ToBase64String(message.Body.Span),
            payload_encoding = "base64",
        };
        var answer = await Post($"exchanges/{host}/{Uri.EscapeDataString(message.Destination)}/publish", published, cancellationToken);
        if (!answer.GetProperty("routed").GetBoolean())
        {
            throw new InvalidOperationException(
                $"RabbitMQ has no queue behind the exchange '{message.Destination}'. Import infra/rabbitmq/definitions.json."
            );
        }
    }

    /// <summary>Takes what has come.</summary>
    public async Task<IReadOnlyList<Answer>> Take(CancellationToken cancellationToken)
    {
        var ask = new
        {
            count = Most,
            ackmode = "ack_requeue_false",
            encoding = "auto",
        };
        var messages = await Post($"queues/{host}/{queue}/get", ask, cancellationToken);
        return [.. messages.EnumerateArray().Select(Read)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (path, permission) in before)
        {
            await Put(path, permission, CancellationToken.None);
        }

        using var exchange = await broker.DeleteAsync($"api/exchanges/{host}/{Exchange}", CancellationToken.None);
        using var deleted = await broker.DeleteAsync($"api/queues/{host}/{queue}", CancellationToken.None);
    }

    private static Answer Read(JsonElement message) =>
        new(
            // Without properties the list of them is empty.
            message.GetProperty("properties")
                is { ValueKind: JsonValueKind.Object } properties
            && properties.TryGetProperty("user_id", out var user)
                ? user.GetString()
                : null,
            message.GetProperty("payload").GetString()!
        );

    private async Task Permit(string user, CancellationToken cancellationToken)
    {
        var path = $"permissions/{host}/{Uri.EscapeDataString(user)}";
        using var found = await broker.GetAsync("api/" + path, cancellationToken);
        if (found.StatusCode == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException(
                $"RabbitMQ has no user '{user}' that may answer. A participant's user is named as its queue."
            );
        }

        var permission = (await found.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
        before.Add((path, permission.DeepClone()));
        permission["write"] = $"{(string)permission["write"]!}|^{Regex.Escape(Exchange)}$";
        await Put(path, permission, cancellationToken);
    }

    private async Task Put<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var answer = await broker.PutAsJsonAsync("api/" + path, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> Post<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var answer = await broker.PostAsJsonAsync("api/" + path, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return answer.Content.Headers.ContentLength == 0 ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}

/// <summary>What has come.</summary>
/// <param name="User">The broker user who sent it, for whom the broker vouches; null when the message names none.</param>
/// <param name="Body">What it says.</param>
internal sealed record Answer(string? User, string Body);
