using System.Diagnostics;
using MassTransit;
using MassTransit.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>
/// The span of a delivery, and its part in the metrics. It belongs under the span that sent the message, and what the handler sends belongs
/// under it. It ends when the delivery does, or with the commit of its unit when that comes later.
/// </summary>
internal sealed class ConsumerSpan
{
    private const string Operation = "process";

    // Null when the delivery is measured and not traced.
    private readonly Activity? activity;
    private readonly string queue;
    private readonly string system;
    private readonly long started = Stopwatch.GetTimestamp();
    private string? error;
    private bool endsWithCommit;

    private ConsumerSpan(Activity? activity, string queue, string system) =>
        (this.activity, this.queue, this.system) = (activity, queue, system);

    /// <summary>Whether anybody traces or measures.</summary>
    public static bool IsAskedFor => MessagingTelemetry.Source.HasListeners() || MessagingMetrics.IsAskedFor;

    /// <summary>The span's name.</summary>
    public static string NameFor(string queue) => $"{Operation} {queue}";

    /// <summary>The span of a delivery; null when nobody looks.</summary>
    public static ConsumerSpan? Of(ReceiveContext delivery) => IsAskedFor && delivery.TryGetPayload(out ConsumerSpan? span) ? span : null;

    /// <summary>Begins it, as the current one when it is sampled; else the trace goes on without it.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="name">The span's name.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="system">The broker, as OpenTelemetry's conventions call it.</param>
    public static ConsumerSpan Start(ReceiveContext delivery, string name, string queue, string system)
    {
        var traced = MessagingTelemetry.Source.StartActivity(name, ActivityKind.Consumer, ParentOf(delivery));
        if (traced is not null)
        {
            TraceBaggage.Read(traced, Header(delivery, SagaHeaders.Baggage));
        }

        if (traced is { IsAllDataRequested: true })
        {
            Describe(traced, delivery, queue, system);
        }

        MessagingMetrics.Consumed(system, queue);
        return delivery.AddOrUpdatePayload(() => new ConsumerSpan(traced, queue, system), _ => new ConsumerSpan(traced, queue, system));
    }

    /// <summary>Has it end when its unit is committed, or with an error when it cannot be.</summary>
    public async Task EndWith(Task committed)
    {
        endsWithCommit = true;
        try
        {
            await committed;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        End();
    }

    /// <summary>Notes that the message was not handled.</summary>
    /// <param name="exception">Why not. Its text is left out: it may quote the message.</param>
    public void Fail(Exception exception) => Fail(exception.GetType().FullName!);

    /// <inheritdoc cref="Fail(Exception)"/>
    /// <param name="type">Why not, in one word.</param>
    public void Fail(string type)
    {
        error = type;
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(MessagingTags.Error, type);
    }

    /// <summary>Tells that the delivery has ended.</summary>
    public void DeliveryEnded()
    {
        if (!endsWithCommit)
        {
            End();
        }
    }

    // Measured while the span is the current one, so that the histogram can lead to the trace.
    private void End()
    {
        MessagingMetrics.Processed(system, queue, started, error);
        activity?.Dispose();
    }

    // The names are those of OpenTelemetry's conventions for messaging.
    private static void Describe(Activity traced, ReceiveContext delivery, string queue, string system)
    {
        traced
            .SetTag(MessagingTags.System, system)
            .SetTag(MessagingTags.OperationType, Operation)
            .SetTag(MessagingTags.Operation, Operation)
            .SetTag(MessagingTags.Destination, queue)
            .SetTag(MessagingTags.MessageId, delivery.GetMessageId()?.ToString());
        if (Header(delivery, SagaHeaders.SagaId) is { } saga)
        {
            traced
                .SetTag(MessagingTags.ConversationId, saga)
                .SetTag("saga.id", saga)
                .SetTag("saga.step", Header(delivery, SagaHeaders.Step));
        }
    }

    // Default for the current one: whoever traces the bus has a span for the same delivery, in the same trace.
    private static ActivityContext ParentOf(ReceiveContext delivery) =>
        ActivityContext.TryParse(TraceParent(delivery), null, isRemote: true, out var sender) && Activity.Current?.TraceId != sender.TraceId
            ? sender
            : default;

    // A program that sends with MassTransit says it in a header of MassTransit's.
    private static string? TraceParent(ReceiveContext delivery) =>
        Header(delivery, SagaHeaders.TraceParent) ?? Header(delivery, DiagnosticHeaders.ActivityId);

    private static string? Header(ReceiveContext delivery, string name) =>
        delivery.TransportHeaders.TryGetHeader(name, out var value) ? value as string : null;
}
