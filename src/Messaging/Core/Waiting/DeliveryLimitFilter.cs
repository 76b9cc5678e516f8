using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.TransportHeaders;

namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// Moves a message that has been redelivered too often, with its reason, before the broker does so without one.
/// It crashes its consumer, or the database was away for hours.
/// </summary>
internal sealed class DeliveryLimitFilter(string queue, FailedMessageFilter failed, WaitingPlaces places, Waits waits)
    : IFilter<ReceiveContext>
{
    // Below the limit of the queue's policy, which counts the deliveries before this one.
    private const int Limit = 18;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly Suspects suspects = new(TimeProvider.System);

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        // A dead letter that was moved back still carries the count of its earlier life; only a redelivered message has one that counts.
        var deliveries =
            (context.Redelivered ? CountHeader.Of(context, "x-delivery-count") : 0) + CountHeader.Of(context, SagaHeaders.Redeliveries);
        if (deliveries < Suspects.From)
        {
            return next.Send(context);
        }

        return deliveries < Limit
            ? Suspect(context, next, deliveries)
            : failed.Move(
                context,
                new RefusedMessageException(
                    DeadLetterReason.DeliveryLimit,
                    $"The message was requeued to '{queue}' {deliveries} times. See the log for what stopped its handling, and move it "
                        + $"back when that is mended."
                )
            );
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("deliveryLimit");

    private async Task Suspect(ReceiveContext context, IPipe<ReceiveContext> next, int deliveries)
    {
        if (!places.TryTake())
        {
            if (
                context.GetMessageId() is { } id
                && await waits.TryLeave(context, id, WaitReason.Suspect, Wait, new(SagaHeaders.Redeliveries, deliveries))
            )
            {
                return;
            }

            await suspects.Handle(() => next.Send(context), context.CancellationToken);
            return;
        }

        try
        {
            await suspects.Handle(() => next.Send(context), context.CancellationToken);
        }
        finally
        {
            places.Leave();
        }
    }
}
