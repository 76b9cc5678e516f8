using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Testing;

/// <summary>
/// Sends a message as it was serialized, under its own type, so that the harness sees commands, replies and events and not bytes. What it
/// sees was read from those bytes, as the receiver reads it.
/// </summary>
/// <param name="bus">The bus; asked for on first use, because its endpoints need the dispatcher.</param>
internal sealed class TypedDispatcher(Func<IBus> bus) : IMessageDispatcher
{
    private readonly BusDispatcher untyped = new(bus);

    public async Task Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.Type is not { } type)
        {
            await untyped.Send(message, cancellationToken);
            return;
        }

        var (content, pipe) = Read(message, type);
        if (message.Destination == OutgoingEnvelope.ExchangeOf(type))
        {
            await bus().Publish(content, type, pipe, cancellationToken);
            return;
        }

        var endpoint = await bus().GetSendEndpoint(new Uri("exchange:" + message.Destination));
        await endpoint.Send(content, type, pipe, cancellationToken);
    }

    private static (object Content, IPipe<SendContext> Pipe) Read(OutgoingMessage message, Type type)
    {
        using var envelope = JsonDocument.Parse(message.Body);
        Guid? correlation = envelope.RootElement.TryGetProperty("correlationId", out var id) ? id.GetGuid() : null;
        var content = envelope.RootElement.GetProperty("message").Deserialize(type, WireJson.Options)!;
        return (content, new CorrelatedPipe(correlation, new StoredMessagePipe(message)));
    }

    private sealed class CorrelatedPipe(Guid? correlation, StoredMessagePipe stored) : IPipe<SendContext>
    {
        public Task Send(SendContext context)
        {
            context.CorrelationId = correlation;
            return stored.Send(context);
        }

        public void Probe(ProbeContext context) { }
    }
}
