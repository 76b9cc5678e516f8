using System.Diagnostics;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Telemetry;

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
        if (!Source.HasListeners())
        {
            return null;
        }

        var current = Activity.Current;
        message.Headers.TryGetValue(SagaHeaders.TraceParent, out var parent);
        var span = Source.StartActivity(message.Destination + " send", ActivityKind.Producer, parent);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span that is nobody's current one.</summary>
    internal static void End(Activity span)
    {
        var current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }
}
