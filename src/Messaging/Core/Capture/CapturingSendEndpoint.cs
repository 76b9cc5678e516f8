using System.Diagnostics;
using MassTransit;
using MassTransit.Context;
using MassTransit.Transports;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Capture;

/// <summary>Runs MassTransit's send pipe up to the serialized body, and puts that into the unit of work.</summary>
internal sealed class CapturingSendEndpoint(ISendEndpoint endpoint, UnitOfWork unit) : ITransportSendEndpoint
{
    private readonly ITransportSendEndpoint transport =
        endpoint as ITransportSendEndpoint
        ?? throw new ArgumentException($"{endpoint.GetType()} cannot serialize without sending.", nameof(endpoint));

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => transport.ConnectSendObserver(observer);

    public Task<SendContext<T>> CreateSendContext<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class => transport.CreateSendContext(message, pipe, cancellationToken);

    public Task Send<T>(T message, CancellationToken cancellationToken = default)
        where T : class => Capture(message, Pipe.Empty<SendContext<T>>(), cancellationToken);

    public Task Send<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken = default)
        where T : class => Capture(message, pipe, cancellationToken);

    public Task Send<T>(T message, IPipe<SendContext> pipe, CancellationToken cancellationToken = default)
        where T : class => Capture(message, new AnyTypePipe<T>(pipe), cancellationToken);

    public Task Send(object message, CancellationToken cancellationToken = default) =>
        SendEndpointConverterCache.Send(this, message, message.GetType(), cancellationToken);

    public Task Send(object message, Type messageType, CancellationToken cancellationToken = default) =>
        SendEndpointConverterCache.Send(this, message, messageType, cancellationToken);

    public Task Send(object message, IPipe<SendContext> pipe, CancellationToken cancellationToken = default) =>
        SendEndpointConverterCache.Send(this, message, message.GetType(), pipe, cancellationToken);

    public Task Send(object message, Type messageType, IPipe<SendContext> pipe, CancellationToken cancellationToken = default) =>
        SendEndpointConverterCache.Send(this, message, messageType, pipe, cancellationToken);

    public Task Send<T>(object values, CancellationToken cancellationToken = default)
        where T : class => throw OnlyTyped();

    public Task Send<T>(object values, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken = default)
        where T : class => throw OnlyTyped();

    public Task Send<T>(object values, IPipe<SendContext> pipe, CancellationToken cancellationToken = default)
        where T : class => throw OnlyTyped();

    private static NotSupportedException OnlyTyped() =>
        new("Messages are typed records here; anonymous initializers are not supported. Construct the record and send that.");

    private async Task Capture<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var context = await transport.CreateSendContext(message, pipe, cancellationToken);
        context.MessageId ??= NewId.NextGuid();
        var headers = Headers(context);
        unit.Add(
            new OutgoingMessage(
                context.MessageId.Value,
                ExchangeOf(context.DestinationAddress!),
                context.ContentType?.ToString() ?? context.Serializer.ContentType.ToString(),
                headers,
                context.Serializer.GetMessageBody(context).GetBytes()
            )
            {
                Type = typeof(T),
            }
        );
    }

    private static Dictionary<string, string> Headers(SendContext context)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in context.Headers.GetAll())
        {
            if (value is not null)
            {
                headers[key] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
            }
        }

        if (Activity.Current?.Id is { } traceParent)
        {
            headers[SagaHeaders.TraceParent] = traceParent;
            TraceBaggage.Write(headers);
        }

        return headers;
    }

    // The host is left out, so that a row outlives a move of the broker.
    private static string ExchangeOf(Uri address) => Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]);

    private sealed class AnyTypePipe<T>(IPipe<SendContext> pipe) : IPipe<SendContext<T>>
        where T : class
    {
        public Task Send(SendContext<T> context) => pipe.Send(context);

        public void Probe(ProbeContext context) => pipe.Probe(context);
    }
}
