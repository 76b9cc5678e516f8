using System.Runtime.ExceptionServices;
using MassTransit;
using MassTransit.Serialization;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>
/// Moves a message that could not be handled to <c>queue.dead-letter</c>, its bytes unchanged, with headers that say why.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="broker">Where it is moved; null for the transport in memory.</param>
/// <param name="log">Where it is said.</param>
/// <param name="letters">Is told of what is moved in memory; null when nobody wants to know.</param>
internal sealed class FailedMessageFilter(string queue, IBroker? broker, ILogger log, IDeadLetterIndex? letters = null)
    : IFilter<ExceptionReceiveContext>
{
    private readonly RequeueLog requeued = new(queue, log, TimeProvider.System);

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        LostDelivery.ThrowIfLost(context);
        if (Transient.Is(context.Exception))
        {
            // The message is not to blame: it is requeued, and waits for the database or the broker.
            requeued.Tell(context.Exception);
            ExceptionDispatchInfo.Throw(context.Exception);
        }

        await Move(context, context.Exception);
        await context.NotifyFaulted(context.Exception);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("deadLetter");

    public async Task Move(ReceiveContext context, Exception exception)
    {
        LostDelivery.ThrowIfLost(context);
        var cause = new DeadLetterCause(queue, exception);
        var why = cause.Headers(queue, DateTime.UtcNow);
        var transport = Transport(context);
        if (broker is null || !await broker.TryMoveToDeadLetters(context, queue, why))
        {
            await transport.Send(new ReasonedContext(context, exception, why));
            await (letters?.Keep([Copy(context, why)], context.CancellationToken) ?? Task.CompletedTask);
        }

        ConsumerSpan.Of(context)?.Fail(cause.Reason);
        MessagingLog.DeadLettered(log, queue, cause.Reason, cause.Sentence, cause.Exception, cause.At);
    }

    private DeadLetterCopy Copy(ReceiveContext context, IReadOnlyList<KeyValuePair<string, string?>> why)
    {
        var headers = context
            .TransportHeaders.GetAll()
            .Where(header => !SagaHeaders.IsOfDeadLetter(header.Key))
            .ToDictionary(header => header.Key, object? (header) => header.Value.ToString(), StringComparer.Ordinal);
        foreach (var (name, value) in why)
        {
            headers[name] = value;
        }

        return new DeadLetterCopy(
            Guid.Parse((string)headers[SagaHeaders.DeadLetterId]!),
            queue,
            context.GetMessageId()?.ToString(),
            context.ContentType?.MediaType,
            headers,
            context.GetBody()
        );
    }

    private static IErrorTransport Transport(ReceiveContext context) =>
        context.TryGetPayload(out IErrorTransport? transport)
            ? transport
            : throw new TransportException(context.InputAddress, "This endpoint has no dead-letter queue.");

    // With our headers only: MassTransit's own hold the exception's text and its stack.
    private sealed class ReasonedContext(ReceiveContext context, Exception exception, IReadOnlyList<KeyValuePair<string, string?>> why)
        : MassTransit.Context.ReceiveContextProxy(context),
            ExceptionReceiveContext
    {
        public Exception Exception => exception;

        public DateTime ExceptionTimestamp { get; } = DateTime.UtcNow;

        public ExceptionInfo ExceptionInfo => new MassTransit.Events.FaultExceptionInfo(exception);

        public SendHeaders ExceptionHeaders { get; } =
            new DictionarySendHeaders(why.ToDictionary(header => header.Key, header => (object?)header.Value));
    }
}
