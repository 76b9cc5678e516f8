using System.Diagnostics;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>The names under which this library can be traced.</summary>
public static class OutboxTelemetry
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "SagaOrchestrator.Outbox";

    internal static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Begins the span of a sending, under the trace that the message was written in, which a sweeper is not part of. It ends elsewhere,
    /// so it is nobody's current one.
    /// </summary>
    internal static Activity? StartSend(OutgoingMessage message)
    {
        if (!Source.HasListeners() || message.ContentType == Canaries.ContentType)
        {
            return null;
        }

        var current = Activity.Current;
        message.Headers.TryGetValue(SagaHeaders.TraceParent, out var parent);
        var span = Source.StartActivity("send " + message.Destination, ActivityKind.Producer, parent);
        if (span is { IsAllDataRequested: true })
        {
            // The names are those of OpenTelemetry's conventions for messaging.
            span.SetTag("messaging.system", "rabbitmq").SetTag("messaging.operation.type", "send").SetTag("messaging.operation.name", "send")
                .SetTag("messaging.destination.name", message.Destination).SetTag("messaging.message.id", message.MessageId.ToString())
                .SetTag("messaging.message.body.size", message.Body.Length);
        }

        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span that is nobody's current one.</summary>
    internal static void End(Activity span, Exception? failure)
    {
        if (failure is not null)
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().FullName);
        }

        var current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }
}
