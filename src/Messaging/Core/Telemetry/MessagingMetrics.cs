using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>
/// The metrics that OpenTelemetry's conventions for messaging name, in the meter <c>SagaOrchestrator.Messaging</c>, on whatever broker.
/// </summary>
public static class MessagingMetrics
{
    private const string Send = "send";
    private const string Process = "process";

    private static readonly Meter Meter = new(TelemetryNames.Messaging);

    // Those that the conventions give.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private static readonly Counter<long> SentMessages = Meter.CreateCounter<long>(
        "messaging.client.sent.messages",
        "{message}",
        "Messages that were sent to the broker, with error.type those that it did not confirm."
    );

    private static readonly Counter<long> ConsumedMessages = Meter.CreateCounter<long>(
        "messaging.client.consumed.messages",
        "{message}",
        "Deliveries that were taken from the broker, redelivered ones too."
    );

    private static readonly Histogram<double> SendDuration = Meter.CreateHistogram(
        "messaging.client.operation.duration",
        "s",
        "From sending a message to the broker's confirm.",
        advice: Seconds
    );

    private static readonly Histogram<double> ProcessDuration = Meter.CreateHistogram(
        "messaging.process.duration",
        "s",
        "From a delivery to the commit of what was done with it.",
        advice: Seconds
    );

    /// <summary>Whether anybody measures.</summary>
    public static bool IsAskedFor => ProcessDuration.Enabled || SendDuration.Enabled;

    /// <summary>Notes what became of a message that was sent.</summary>
    /// <param name="system">The broker, as the conventions call it.</param>
    /// <param name="destination">The exchange.</param>
    /// <param name="started">When it was sent, by <see cref="Stopwatch"/>.</param>
    /// <param name="error">Why it was not confirmed, in one word; null when it was.</param>
    public static void Sent(string system, string destination, long started, string? error)
    {
        if (!IsAskedFor)
        {
            return;
        }

        var tags = Tags(system, destination, Send, error);
        SentMessages.Add(1, tags);
        SendDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
    }

    /// <summary>Notes a delivery.</summary>
    /// <param name="system">The broker, as the conventions call it.</param>
    /// <param name="queue">The queue.</param>
    public static void Consumed(string system, string queue)
    {
        if (ConsumedMessages.Enabled)
        {
            ConsumedMessages.Add(1, Tags(system, queue, Process, error: null));
        }
    }

    /// <summary>Notes how long a delivery took.</summary>
    /// <param name="system">The broker, as the conventions call it.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="started">When it came, by <see cref="Stopwatch"/>.</param>
    /// <param name="error">Why it was not handled, in one word; null when it was.</param>
    public static void Processed(string system, string queue, long started, string? error) =>
        ProcessDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Tags(system, queue, Process, error));

    private static TagList Tags(string system, string destination, string operation, string? error)
    {
        var tags = new TagList
        {
            { MessagingTags.System, system },
            { MessagingTags.Destination, destination },
            { MessagingTags.Operation, operation },
        };
        if (error is not null)
        {
            tags.Add(MessagingTags.Error, error);
        }

        return tags;
    }
}
