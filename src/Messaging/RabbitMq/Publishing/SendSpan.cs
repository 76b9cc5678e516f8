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

    /// <summary>The broker, as OpenTelemetry's conventions call it.</summary>
    public const string System = "rabbitmq";

    /// <summary>Begins it under the trace that the message was written in, which a sweeper is not part of.</summary>
    public static Activity? Start(OutgoingMessage message)
    {
        if (!MessagingTelemetry.Source.HasListeners() || message.ContentType == UntracedContentType)
        {
            return null;
        }

        var current = Activity.Current;
        message.Headers.TryGetValue(SagaHeaders.TraceParent, out var parent);
        if (parent is null)
        {
            // Without one it would be below the commit of its group.
            Activity.Current = null;
        }

        var span = MessagingTelemetry.Source.StartActivity("send " + message.Destination, ActivityKind.Producer, parent);
        if (span is { IsAllDataRequested: true })
        {
            // The names are those of OpenTelemetry's conventions for messaging.
            span.SetTag(MessagingTags.System, System)
                .SetTag(MessagingTags.OperationType, "send")
                .SetTag(MessagingTags.Operation, "send")
                .SetTag(MessagingTags.Destination, message.Destination)
                .SetTag(MessagingTags.MessageId, message.MessageId.ToString())
                .SetTag(MessagingTags.BodySize, message.Body.Length);
            if (message.Headers.TryGetValue(SagaHeaders.SagaId, out var saga))
            {
                span.SetTag(MessagingTags.ConversationId, saga).SetTag("saga.id", saga);
            }
        }

        Activity.Current = current;
        return span;
    }

    /// <summary>Ends it.</summary>
    public static void End(Activity span, Exception? failure)
    {
        if (failure is not null)
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag(MessagingTags.Error, failure.GetType().FullName);
        }

        var current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }
}
