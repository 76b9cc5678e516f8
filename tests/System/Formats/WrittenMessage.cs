using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Formats;

/// <summary>A message as a program writes it that knows nothing of this product but its documents.</summary>
internal sealed record WrittenMessage(BasicProperties Properties, byte[] Body)
{
    public static WrittenMessage Of(MessageFormat format, string type, JsonObject message, Guid? id = null)
    {
        var (urn, messageId) = ("urn:message:" + type, (id ?? Guid.NewGuid()).ToString());
        return format switch
        {
            MessageFormat.Json => new(
                new BasicProperties
                {
                    ContentType = "application/json",
                    Type = urn,
                    MessageId = messageId,
                },
                Bytes(message)
            ),
            MessageFormat.CloudEvents => new(
                new BasicProperties { ContentType = "application/cloudevents+json; charset=utf-8" },
                Bytes(
                    new JsonObject
                    {
                        ["specversion"] = "1.0",
                        ["id"] = messageId,
                        ["source"] = "/tests",
                        ["type"] = urn,
                        ["data"] = message.DeepClone(),
                    }
                )
            ),
            MessageFormat.CloudEventsBinary => new(
                new BasicProperties
                {
                    ContentType = "application/json",
                    Headers = new Dictionary<string, object?>
                    {
                        ["cloudEvents:specversion"] = "1.0",
                        ["cloudEvents:id"] = messageId,
                        ["cloudEvents:source"] = "/tests",
                        ["cloudEvents:type"] = urn,
                    },
                },
                Bytes(message)
            ),
            _ => new(
                new BasicProperties { ContentType = "application/vnd.masstransit+json" },
                Encoding.UTF8.GetBytes(Envelope.Of(type, message, id))
            ),
        };
    }

    public async Task Send(Sandbox sandbox, string user, string queue)
    {
        await using var connection = await sandbox.Connect(user);
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties(Properties) { UserId = user };
        await channel.BasicPublishAsync(Queues.ExchangeOf(queue), string.Empty, mandatory: true, properties, Body);
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
