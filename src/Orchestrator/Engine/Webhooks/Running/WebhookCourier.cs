using System.Globalization;
using SagaOrchestrator.Engine.Webhooks.Sending;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>Delivers what is due of one webhook, one request after the other.</summary>
internal sealed class WebhookCourier(
    IWebhookQueue queue,
    WebhookClient client,
    WebhookOptions options,
    WebhookMetrics metrics,
    TimeProvider clock,
    ILogger<WebhookCourier> log
)
{
    // After that secrets and what an operator asked for are looked at again.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    private readonly RetrySchedule schedule = new(options);

    /// <summary>The header that names a delivery: it is the same at each attempt, and no other delivery has it.</summary>
    public static string IdOf(Guid webhook, long number) => string.Create(CultureInfo.InvariantCulture, $"{webhook}-{number}");

    /// <summary>Delivers until nothing is due, or until the node holds the webhook no more.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="node">Who holds it.</param>
    /// <param name="stopping">Begins nothing new when it is cancelled.</param>
    /// <param name="abort">Gives up what is on its way.</param>
    public async Task Deliver(ClaimedWebhook webhook, Guid node, CancellationToken stopping, CancellationToken abort)
    {
        while (!stopping.IsCancellationRequested)
        {
            var due = await queue.Next(webhook, abort);
            if (due is { Apart: [], InOrder: [] })
            {
                if (due.IsWaiting || !webhook.IsEnabled || await Fetch(webhook, node, abort) is not { } fetched)
                {
                    return;
                }

                webhook = fetched;
            }
            else if (!await Send(webhook, node, due, stopping, abort))
            {
                return;
            }
        }
    }

    // Makes deliveries of what happened. Null when nothing did, or when somebody else is to go on.
    private async Task<ClaimedWebhook?> Fetch(ClaimedWebhook webhook, Guid node, CancellationToken cancellationToken)
    {
        var happenings = await queue.Read(webhook, cancellationToken);
        if ((happenings.SagaPosition, happenings.AlarmPosition) == (webhook.SagaPosition, webhook.AlarmPosition))
        {
            return null;
        }

        return await queue.Write(webhook, node, happenings, Picking.Of(webhook, happenings), cancellationToken)
            ? webhook with
            {
                SagaPosition = happenings.SagaPosition,
                AlarmPosition = happenings.AlarmPosition,
            }
            : null;
    }

    // What an operator asked for goes first, and neither waits for the other.
    private async Task<bool> Send(ClaimedWebhook webhook, Guid node, DueDeliveries due, CancellationToken stopping, CancellationToken abort)
    {
        var began = clock.GetTimestamp();
        foreach (var lane in new[] { due.Apart, due.InOrder })
        {
            foreach (var delivery in lane)
            {
                if (stopping.IsCancellationRequested)
                {
                    return false;
                }

                var noted = await Send(webhook, node, delivery, due.Secrets, abort);
                if (!noted.IsHeld)
                {
                    return false;
                }

                if (clock.GetElapsedTime(began) > Round)
                {
                    return true;
                }

                if (noted.State != DeliveryState.Delivered)
                {
                    break;
                }
            }
        }

        return true;
    }

    private async Task<Noted> Send(
        ClaimedWebhook webhook,
        Guid node,
        WebhookDelivery delivery,
        IReadOnlyList<byte[]> secrets,
        CancellationToken abort
    )
    {
        var began = clock.GetTimestamp();
        var attempt = await client.Send(webhook.Url, IdOf(webhook.Id, delivery.Number), delivery.Body, secrets, abort);
        var took = clock.GetElapsedTime(began);
        var pause = schedule.After(delivery.Attempts + 1, attempt.RetryAfter, Random.Shared.NextDouble());
        // What was taken is noted, even by a node that is about to end.
        var noted = await queue.Note(webhook, node, delivery, attempt, pause, CancellationToken.None);
        Tell(webhook, delivery, attempt, noted, took);
        return noted;
    }

    private void Tell(ClaimedWebhook webhook, WebhookDelivery delivery, Attempt attempt, Noted noted, TimeSpan took)
    {
        switch (noted.State)
        {
            case DeliveryState.Delivered:
                metrics.Attempted(webhook.Id, WebhookMetrics.Delivered, took);
                break;
            case DeliveryState.Failed:
                metrics.Attempted(webhook.Id, WebhookMetrics.GivenUp, took);
                WebhookLog.GivenUp(log, webhook.Id, delivery.Number, delivery.Attempts + 1, attempt.Problem);
                break;
            case DeliveryState.Pending:
                metrics.Attempted(webhook.Id, WebhookMetrics.Retried, took);
                WebhookLog.NotTaken(log, webhook.Id, delivery.Number, attempt.Problem);
                break;
        }

        if (attempt.IsGone && noted.State is not null)
        {
            WebhookLog.Gone(log, webhook.Id);
        }
    }
}
