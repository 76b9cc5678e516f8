using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Somebody who is told of outcomes and alarms.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Url">Where each delivery is posted to.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Types">Only sagas of these types; of all when there are none.</param>
/// <param name="Outcomes">What of them it is told.</param>
/// <param name="Alarms">Whether it is told of alarms too.</param>
/// <param name="State">Enabled, Disabled (switched off), or Gone: its receiver answered 410.</param>
/// <param name="CreatedAt">UTC, on the database's clock. What happened before is not told.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="FailingSince">Since when its receiver has taken nothing; null when it took the last delivery.</param>
/// <param name="Pending">How many deliveries wait. Of those to come, five hundred are made at a time.</param>
/// <param name="Failed">How many were given up, and can be redelivered.</param>
/// <param name="SecretMadeAt">When its secret was made.</param>
/// <param name="PreviousSecretEndsAt">Until when the secret before it signs too; null when there is none.</param>
/// <param name="Secret">What its receiver checks signatures with. Told when it is made, and never again.</param>
/// <param name="Actions">What can be done with it.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record WebhookStatus(
    Guid Id,
    string Url,
    string? Description,
    IReadOnlyList<string> Types,
    IReadOnlyList<WebhookOutcome> Outcomes,
    bool Alarms,
    WebhookState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? FailingSince,
    int Pending,
    int Failed,
    DateTimeOffset SecretMadeAt,
    DateTimeOffset? PreviousSecretEndsAt,
    string? Secret,
    IReadOnlyList<PossibleAction> Actions,
    WebhookLinks Links
)
{
    public static WebhookStatus Of(IssuedSecret issued, ApiPaths paths) => Of(issued.Webhook, paths) with { Secret = issued.Secret };

    public static WebhookStatus Of(Webhook webhook, ApiPaths paths)
    {
        var (settings, self) = (webhook.Settings, paths.Webhook(webhook.Id));
        return new WebhookStatus(
            webhook.Id,
            settings.Url,
            settings.Description,
            settings.Types,
            settings.Outcomes,
            settings.Alarms,
            webhook.State,
            webhook.CreatedAt,
            webhook.ChangedAt,
            webhook.FailingSince,
            webhook.Pending,
            webhook.Failed,
            webhook.SecretMadeAt,
            webhook.PreviousSecretEndsAt,
            Secret: null,
            [
                new PossibleAction("Change", self + "/change"),
                new PossibleAction("Delete", self + "/delete"),
                new PossibleAction("RotateSecret", self + "/rotate-secret"),
                new PossibleAction("Test", self + "/test"),
            ],
            new WebhookLinks(self, self + "/deliveries")
        );
    }
}

/// <summary>Paths to follow.</summary>
/// <param name="Self">The webhook.</param>
/// <param name="Deliveries">What it is told.</param>
internal sealed record WebhookLinks(string Self, string Deliveries);

/// <summary>Webhooks.</summary>
/// <param name="Items">The oldest first.</param>
internal sealed record WebhookList(IReadOnlyList<WebhookStatus> Items);

/// <summary>What is left of a webhook.</summary>
/// <param name="Id">What its id was.</param>
internal sealed record DeletedWebhook(Guid Id);
