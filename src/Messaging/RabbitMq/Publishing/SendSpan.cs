using System.Diagnostics;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.RabbitMq.Publishing;

/// <summary>The span of a sending. It begins and ends in different places, so it is nobody's current one.</summary>
internal static class SendSpan
{
    /// <summary>Messages of this content type are sent without a span: nobody looks for them in the traces.</summary>
    public const string UntracedContentType = "application/vnd.saga-orchestrator.canary";

    /// <summary>Begins it under the trace that the message was written in, which a sweeper is not part of.</summary>
    public static Activity? Start(OutgoingMessage message)
    {
        if (!MessagingTelemetry.Source.HasListeners() || message.ContentType == UntracedContentType)
        {
            return null;
        }

        var current = Activity.Current;
        message.Headers.TryGetValue(SagaHeaders.TraceParent, out var parent);
        var span = MessagingTelemetry.Source.StartActivity("send " + message.Destination, ActivityKind.Producer, parent);
        if (span is { IsAllDataRequested: true })
        {
            // The names are those of OpenTelemetry's conventions for messaging.
            span.SetTag("messaging.system", "rabbitmq")
                .SetTag("messaging.operation.type", "send")
                .SetTag("messaging.operation.name", "send")
                .SetTag("messaging.destination.name", message.Destination)
                .SetTag("messaging.message.id", message.MessageId.ToString())
                .SetTag("messaging.message.body.size", message.Body.Length);
        }

        Activity.Current = current;
        return span;
    }

    /// <summary>Ends it.</summary>
    public static void End(Activity span, Exception? failure)
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
