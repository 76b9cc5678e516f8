using Serilog.Events;

namespace SagaOrchestrator.Telemetry;

/// <summary>
/// MassTransit's own lines about a delivery that failed, or that was lost with its channel. Each is a second one, with a stack trace and a
/// text that may quote the message: the endpoints of this product say what became of it in a line of their own, and what was lost comes
/// again.
/// </summary>
internal static class SecondLines
{
    private static readonly string[] Beginnings = ["R-FAULT ", "T-FAULT ", "Consumer Channel Shutdown: "];

    public static bool IsOne(LogEvent line) =>
        Array.Exists(Beginnings, beginning => line.MessageTemplate.Text.StartsWith(beginning, StringComparison.Ordinal));
}
