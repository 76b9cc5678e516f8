using System.Diagnostics;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.RabbitMq.Publishing;

/// <summary>A message that waits for its confirm.</summary>
/// <param name="message">The message.</param>
/// <param name="span">The span of its sending; null when nobody traces.</param>
/// <param name="settled">Told once what became of it.</param>
/// <param name="cancellationToken">Ends its sender's patience early.</param>
internal sealed class PendingMessage(
    OutgoingMessage message,
    Activity? span,
    Action<OutgoingMessage, Exception?> settled,
    CancellationToken cancellationToken
)
{
    /// <summary>What is not confirmed by then is left to the sweeper.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly long since = Environment.TickCount64;
    private int isSettled;

    public OutgoingMessage Message => message;

    /// <summary>The span that the receiver's belongs under; null for the one in the message's headers.</summary>
    public string? TraceParent => span?.Id;

    /// <summary>Whether its sender has given up; it is in the outbox, and the sweeper's now.</summary>
    public bool IsGivenUp => cancellationToken.IsCancellationRequested || Environment.TickCount64 - since > Patience.TotalMilliseconds;

    public void Confirm() => Settle(null);

    public void Fail(Exception exception) => Settle(exception);

    private void Settle(Exception? failure)
    {
        if (Interlocked.Exchange(ref isSettled, 1) == 0)
        {
            if (span is not null)
            {
                SendSpan.End(span, failure);
            }

            if (message.ContentType != SendSpan.UntracedContentType)
            {
                MessagingMetrics.Sent(SendSpan.System, message.Destination, started, failure?.GetType().FullName);
            }

            settled(message, failure);
        }
    }
}
