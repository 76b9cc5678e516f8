using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>
/// Stops waiting for a delivery that goes on although it is lost with its connection, or the service shuts down: its handler, or what
/// becomes of the message afterwards. MassTransit does not connect again while one is running, so a single slow step would keep its whole
/// queue waiting.
/// </summary>
/// <remarks>
/// The broker delivers the message again. What is asked for afterwards is not committed, nor moved: the token is cancelled.
/// </remarks>
internal sealed class LostDelivery(string queue, ILogger log) : IFilter<ReceiveContext>
{
    // Enough for what heeds its token, and for a commit that is on its way.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// To be asked before the message is moved: its bytes belong to RabbitMQ's client, which uses their place again when the delivery has
    /// ended.
    /// </summary>
    public static void ThrowIfLost(ReceiveContext context) => context.CancellationToken.ThrowIfCancellationRequested();

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var handling = next.Send(context);
        return handling.IsCompleted ? handling : Wait(handling, context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lostDelivery");

    private async Task Wait(Task handling, ReceiveContext context)
    {
        try
        {
            await handling.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException) when (!handling.IsCompleted)
        {
            if (await Task.WhenAny(handling, Task.Delay(Patience, CancellationToken.None)) == handling)
            {
                await handling;
                return;
            }

            MessagingLog.LeftToItself(log, context.GetMessageId(), queue);
            _ = handling.ContinueWith(
                ended => ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            throw;
        }
    }
}
