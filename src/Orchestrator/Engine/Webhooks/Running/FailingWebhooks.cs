using System.Globalization;
using SagaOrchestrator.Engine.Alarms;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>Webhooks whose receivers have taken nothing for minutes, or are gone.</summary>
internal sealed class FailingWebhooks(IWebhookQueue queue) : AlarmSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public override async Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken) =>
        [
            .. (await queue.Failing(Patience, cancellationToken)).Select(webhook => new AlarmCause(
                AlarmKinds.Webhook,
                webhook.Id.ToString(),
                webhook.State == WebhookState.Gone ? Gone(webhook) : Failing(webhook)
            )),
        ];

    private static string GivenUp(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "delivery was" : "deliveries were")} given up. ");

    private static string Gone(FailingWebhook webhook) =>
        $"The receiver at '{webhook.Host}' answered 410 Gone, and nothing is sent to it any more. Change the webhook (POST "
        + $"/api/v1/webhooks/{webhook.Id}/change), or delete it.";

    private static string Failing(FailingWebhook webhook) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The receiver at '{webhook.Host}' has taken no delivery since {webhook.Since.UtcDateTime:yyyy-MM-dd HH:mm}Z: "
                + $"{webhook.Problem} {(webhook.Failed == 0 ? string.Empty : GivenUp(webhook.Failed))}See GET "
                + $"/api/v1/webhooks/{webhook.Id}/deliveries, and tell whoever runs it."
        );
}
