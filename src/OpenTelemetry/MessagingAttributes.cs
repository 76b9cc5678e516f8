using System.Diagnostics;
using OpenTelemetry;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Instrumentation;

/// <summary>Gives the spans of MassTransit, which receive and process messages, the attributes of OpenTelemetry's conventions for messaging.</summary>
internal sealed class MessagingAttributes : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != TelemetryNames.Bus || data.Kind is not (ActivityKind.Consumer or ActivityKind.Internal or ActivityKind.Server))
        {
            return;
        }

        // Its names are a queue and a verb: "inventory receive".
        var verb = data.DisplayName.LastIndexOf(' ');
        Set(data, "messaging.system", "rabbitmq");
        Set(data, "messaging.operation.type", data.DisplayName.EndsWith(" receive", StringComparison.Ordinal) ? "receive" : "process");
        Set(data, "messaging.destination.name", verb > 0 ? data.DisplayName[..verb] : data.DisplayName);
        Set(data, "messaging.message.id", data.GetTagItem("messaging.masstransit.message_id") ?? data.Parent?.GetTagItem("messaging.message.id"));
    }

    private static void Set(Activity span, string name, object? value)
    {
        if (value is not null && span.GetTagItem(name) is null)
        {
            span.SetTag(name, value);
        }
    }
}
