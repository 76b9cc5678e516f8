using System.Diagnostics;
using MassTransit;
using MassTransit.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>
/// The span of a delivery. It belongs under the span that sent the message, and what the handler sends belongs under it. It ends when the
/// delivery does, or with the commit of its unit when that comes later.
/// </summary>
internal sealed class ConsumerSpan
{
    private readonly Activity activity;
    private bool endsWithCommit;

    private ConsumerSpan(Activity activity) => this.activity = activity;

    /// <summary>Whether anybody traces.</summary>
    public static bool IsAskedFor => MessagingTelemetry.Source.HasListeners();

    /// <summary>The span of a delivery; null when nobody traces it.</summary>
    public static ConsumerSpan? Of(ReceiveContext delivery) => IsAskedFor && delivery.TryGetPayload(out ConsumerSpan? span) ? span : null;

    /// <summary>Begins it, as the current one.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="name">The span's name.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="system">The broker, as OpenTelemetry's conventions call it.</param>
    /// <returns>Null when it is not sampled, and the trace goes on without it.</returns>
    public static ConsumerSpan? Start(ReceiveContext delivery, string name, string queue, string system)
    {
        if (MessagingTelemetry.Source.StartActivity(name, ActivityKind.Consumer, ParentOf(delivery)) is not { } activity)
        {
            return null;
        }

        if (activity.IsAllDataRequested)
        {
            Describe(activity, delivery, queue, system);
        }

        return delivery.AddOrUpdatePayload(() => new ConsumerSpan(activity), _ => new ConsumerSpan(activity));
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

        activity.Dispose();
    }

    /// <summary>Notes that the message was not handled.</summary>
    /// <param name="exception">Why not. Its text is left out: it may quote the message.</param>
    public void Fail(Exception exception) => Fail(exception.GetType().FullName!);

    /// <inheritdoc cref="Fail(Exception)"/>
    /// <param name="type">Why not, in one word.</param>
    public void Fail(string type) => activity.SetStatus(ActivityStatusCode.Error).SetTag("error.type", type);

    /// <summary>Tells that the delivery has ended.</summary>
    public void DeliveryEnded()
    {
        if (!endsWithCommit)
        {
            activity.Dispose();
        }
    }

    // The names are those of OpenTelemetry's conventions for messaging.
    private static void Describe(Activity activity, ReceiveContext delivery, string queue, string system)
    {
        activity
            .SetTag("messaging.system", system)
            .SetTag("messaging.operation.type", "receive")
            .SetTag("messaging.operation.name", "receive")
            .SetTag("messaging.destination.name", queue)
            .SetTag("messaging.message.id", delivery.GetMessageId()?.ToString());
        if (Header(delivery, SagaHeaders.SagaId) is { } saga)
        {
            activity.SetTag("saga.id", saga).SetTag("saga.step", Header(delivery, SagaHeaders.Step));
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
