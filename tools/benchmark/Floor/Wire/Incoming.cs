using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SagaOrchestrator.Benchmarks.Floor.Wire;

/// <summary>A message that was delivered and is not acknowledged yet.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="SagaId">The saga.</param>
/// <param name="Type">One of <see cref="FloorTypes"/>.</param>
/// <param name="Step">The step.</param>
/// <param name="Body">JSON, copied: the client reuses its buffers.</param>
/// <param name="Channel">Where it came from.</param>
/// <param name="Tag">Its number there.</param>
internal sealed record Incoming(Guid MessageId, Guid SagaId, string Type, string Step, byte[] Body, IChannel Channel, ulong Tag)
{
    public static Incoming From(IChannel channel, BasicDeliverEventArgs delivery)
    {
        var properties = delivery.BasicProperties;
        return new Incoming(
            Guid.Parse(properties.MessageId!),
            Guid.Parse(properties.CorrelationId!),
            properties.Type!,
            properties.AppId ?? string.Empty,
            delivery.Body.ToArray(),
            channel,
            delivery.DeliveryTag
        );
    }

    public ValueTask Acknowledge() => Channel.BasicAckAsync(Tag, multiple: false);
}
