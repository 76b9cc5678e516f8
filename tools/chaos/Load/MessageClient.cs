using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Chaos.Load;

/// <summary>
/// Starts orders by message, each again with the same message id until the broker has confirmed it: from then on it must not be lost.
/// </summary>
internal sealed class MessageClient(BrokerCluster broker, StartHistory history)
{
    private readonly Channel<JsonObject> orders = Channel.CreateUnbounded<JsonObject>();
    private JsonObject? unconfirmed;

    public void Start(JsonObject order)
    {
        history.Asked(Key(order));
        orders.Writer.TryWrite(order);
    }

    /// <summary>Sends what there is until the end.</summary>
    public Task Run(CancellationToken end) => BrokerClient.Keep(broker, Send, end);

    private async Task Send(IChannel channel, CancellationToken gone)
    {
        while (true)
        {
            unconfirmed ??= await orders.Reader.ReadAsync(gone);
            var id = SagaIds.OfSaga(OrderFulfillmentPlan.Name, Key(unconfirmed));
            var properties = new BasicProperties
            {
                MessageId = id.ToString(),
                ContentType = "application/vnd.masstransit+json",
                DeliveryMode = DeliveryModes.Persistent,
            };
            var envelope = new JsonObject
            {
                ["messageId"] = id.ToString(),
                ["messageType"] = new JsonArray("urn:message:SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment"),
                ["message"] = unconfirmed.DeepClone(),
            };
            var exchange = Queues.ExchangeOf(Queues.Orchestrator);
            await BrokerClient.Publish(channel, exchange, properties, Encoding.UTF8.GetBytes(envelope.ToJsonString()), gone);
            history.WasAccepted(Key(unconfirmed), id);
            unconfirmed = null;
        }
    }

    private static string Key(JsonObject order) => order["orderId"]!.GetValue<string>();
}
