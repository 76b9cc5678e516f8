using Serilog.Events;

namespace SagaOrchestrator.Telemetry;

/// <summary>
/// MassTransit's own lines about a message that failed. Each is a second one, with a stack trace and a text that may quote the message: the endpoints
/// of this product say what became of it in a line of their own.
/// </summary>
internal static class SecondLines
{
    public static bool IsOne(LogEvent line) =>
        line.MessageTemplate.Text.StartsWith("R-FAULT ", StringComparison.Ordinal) || line.MessageTemplate.Text.StartsWith("T-FAULT ", StringComparison.Ordinal);
}
