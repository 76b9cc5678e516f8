using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Formats;
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
        using var document = JsonDocument.Parse(message.Body);
        var body = document.RootElement;
        var (content, correlation) = message.ContentType switch
        {
            ContentTypes.Envelope => (body.GetProperty("message"), Text(body, "correlationId")),
            ContentTypes.CloudEvents => (body.GetProperty("data"), Text(body, "subject")),
            _ => (body, message.Headers.GetValueOrDefault(SagaHeaders.SagaId)),
        };
        return (
            content.Deserialize(type, WireJson.Options)!,
            new CorrelatedPipe(Guid.TryParse(correlation, out var id) ? id : null, new StoredMessagePipe(message))
        );
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var text) ? text.GetString() : null;

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
