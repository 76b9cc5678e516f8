using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using MassTransit;
using MassTransit.Middleware.Rescue;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Telemetry;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.DeadLetters;

/// <summary>Moves a message that could not be handled to <c>queue.dead-letter</c>, its bytes unchanged, with headers that say why.</summary>
internal sealed class FailedMessageFilter(string queue, ILogger log) : IFilter<ExceptionReceiveContext>
{
    private const int LongestHeader = 2000;

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        LostDelivery.ThrowIfLost(context);
        if (Transient.Is(context.Exception))
        {
            // The message is innocent: it goes back to its queue and waits for the database or the broker.
            ExceptionDispatchInfo.Throw(context.Exception);
        }

        await Move(context);
        await context.NotifyFaulted(context.Exception);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("deadLetter");

    public async Task Move(ExceptionReceiveContext context)
    {
        LostDelivery.ThrowIfLost(context);
        var (reason, cause) = DeadLetterReason.Of(context.Exception);
        var headers = context.ExceptionHeaders;
        headers.Set(SagaHeaders.DeadLetterReason, reason);
        headers.Set(SagaHeaders.DeadLetterFrom, queue);
        headers.Set(SagaHeaders.DeadLetterAt, DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        headers.Set(SagaHeaders.DeadLetterException, cause.GetType().FullName);
        headers.Set(SagaHeaders.DeadLetterMessage, Explain(reason, cause));
        if (cause is RefusedMessageException { Refusal: { } refusal })
        {
            headers.Set(SagaHeaders.DeadLetterPath, refusal.Path);
            headers.Set(SagaHeaders.DeadLetterExpected, refusal.Expected);
            headers.Set(SagaHeaders.DeadLetterGot, refusal.Got);
        }

        if (!context.TryGetPayload(out IErrorTransport? transport))
        {
            throw new TransportException(context.InputAddress, "This endpoint has no dead-letter queue.");
        }

        await transport.Send(MessageOrigin.Nameless(context));
        OutboxLog.DeadLettered(log, queue, reason, cause.Message);
    }

    // Our own refusals say the next move themselves.
    private string Explain(string reason, Exception cause)
    {
        var what = cause.Message.Length > LongestHeader ? cause.Message[..LongestHeader] : cause.Message;
        return cause is RefusedMessageException ? what : reason == DeadLetterReason.Malformed
            ? $"The message cannot be read: {what} Have its sender correct it and send it anew, then discard this one."
            : $"The handler failed: {what} Mend what the log shows, then move the message back to '{queue}'.";
    }
}

/// <summary>Does the same with a message of a type that nobody handles.</summary>
internal sealed class UnhandledMessageFilter(string queue, FailedMessageFilter failed) : IFilter<ReceiveContext>
{
    private const int LongestList = 500;

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var types = TypesOf(context.GetBody());
        types = types.Length > LongestList ? types[..LongestList] : types;
        await failed.Move(new RescueExceptionReceiveContext(context, new RefusedMessageException(
            DeadLetterReason.UnknownMessageType,
            $"Nothing at queue '{queue}' handles [{types}]. Check the envelope's messageType, or deploy the version that knows it and move the message back.")));
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unhandled");

    // Read as leniently as the serializer reads; a type that cannot be named must not keep the message from being moved.
    private static string TypesOf(byte[] body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var types = envelope.RootElement.EnumerateObject()
                .First(property => property.Name.Equals("messageType", StringComparison.OrdinalIgnoreCase)).Value;
            return string.Join(", ", types.EnumerateArray().Take(5));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "no messageType";
        }
    }
}

/// <summary>
/// Moves a message that has been given back too often, with its reason, before the broker does so without one.
/// It crashes its consumer, or the database was away for hours.
/// </summary>
internal sealed class DeliveryLimitFilter(string queue, FailedMessageFilter failed) : IFilter<ReceiveContext>
{
    // Below the limit of the queue's policy, which counts the deliveries before this one.
    private const int Limit = 18;

    private readonly Suspects suspects = new(TimeProvider.System);

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        // A dead letter that was moved back still carries the count of its earlier life; only a returned message has one that counts.
        var deliveries = context.Redelivered ? context.TransportHeaders.Get<int>("x-delivery-count") ?? 0 : 0;
        if (deliveries < Suspects.From)
        {
            return next.Send(context);
        }

        return deliveries < Limit ? suspects.Handle(() => next.Send(context), context.CancellationToken) : failed.Move(new RescueExceptionReceiveContext(context, new RefusedMessageException(
            DeadLetterReason.DeliveryLimit,
            $"The message was given back to queue '{queue}' {deliveries} times. See the log for what stopped its handling, and move it back when that is mended.")));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("deliveryLimit");
}

/// <summary>Names the dead-letter queue of a queue.</summary>
internal sealed class DeadLetterQueueName : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
{
    public string FormatErrorQueueName(string queueName) => Queues.DeadLetterOf(queueName);

    public string FormatDeadLetterQueueName(string queueName) => Queues.DeadLetterOf(queueName);
}
