using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Outbox.Telemetry;

namespace SagaOrchestrator.Outbox.Capture;

/// <summary>
/// Leaves a handler to itself that goes on although its delivery is lost with the connection, or the service is asked to end. MassTransit, and
/// RabbitMQ's client below it, do not connect again while one is running, so a single slow step would keep its whole queue waiting.
/// </summary>
/// <remarks>The broker delivers the message again. What the handler asks for afterwards is not committed: its token is cancelled.</remarks>
internal static class LostDelivery
{
    // Enough for what heeds its token, and for a commit that is on its way.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Task Leave<T>(Task handling, ConsumeContext<T> context, ILogger log)
        where T : class => handling.IsCompleted ? handling : Wait(handling, context, log);

    private static async Task Wait<T>(Task handling, ConsumeContext<T> context, ILogger log)
        where T : class
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

            OutboxLog.LeftToItself(log, typeof(T).Name, context.MessageId);
            _ = handling.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }
}
