using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>
/// Looks for webhooks that have something to be done, and delivers each by itself: a receiver that is slow or away keeps its own webhook
/// waiting and no other. Each has one request on its way, and there are only so many webhooks.
/// </summary>
internal sealed class WebhookRunner(
    IWebhookQueue queue,
    WebhookCourier courier,
    WebhookMetrics metrics,
    TimeProvider clock,
    ILogger<WebhookRunner> log
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Measure = TimeSpan.FromSeconds(10);

    // What is on its way as a node ends is to arrive, and to be noted.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Guid node = Guid.NewGuid();
    private readonly List<Task> running = [];
    private long measured;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        await using var ending = stoppingToken.Register(() => abort.CancelAfter(Grace));
        try
        {
            await Repeatedly.Do(
                token => Run(token, abort.Token),
                exception => WebhookLog.Interrupted(log, exception.Message),
                Look,
                stoppingToken,
                clock: clock
            );
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Run(CancellationToken stopping, CancellationToken abort)
    {
        running.RemoveAll(task => task.IsCompleted);
        while (await queue.Claim(node, stopping) is { } webhook)
        {
            running.Add(Task.Run(() => Run(webhook, stopping, abort), CancellationToken.None));
        }

        if (measured == 0 || clock.GetElapsedTime(measured) > Measure)
        {
            measured = clock.GetTimestamp();
            metrics.Observe(await queue.Lags(stopping));
        }
    }

    private async Task Run(ClaimedWebhook webhook, CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            await courier.Deliver(webhook, node, stopping, abort);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // Another node goes on.
        }
        catch (Exception exception)
        {
            // It is free when its time is over: what fails at once is not tried again and again.
            WebhookLog.Interrupted(log, exception.Message);
            return;
        }

        try
        {
            await queue.Release(webhook.Id, node, CancellationToken.None);
        }
        catch (Exception exception) when (Transient.Is(exception))
        {
            // It is free when its time is over.
            WebhookLog.Interrupted(log, exception.Message);
        }
    }
}
