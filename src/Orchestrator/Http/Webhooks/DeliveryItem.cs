using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>What a webhook is told once, and what came of it.</summary>
/// <param name="Number">Its place among all of the webhook; a later one is greater.</param>
/// <param name="Event">Completed, Failed, Parked; Raised, Escalated, Cleared; or Ping.</param>
/// <param name="SagaId">The saga; null when it tells of none.</param>
/// <param name="OccurredAt">When what it tells of happened; UTC, on the database's clock.</param>
/// <param name="State">Pending, Delivered, or Failed: it was given up.</param>
/// <param name="IsApart">Whether an operator asked for it: then the others do not wait for it.</param>
/// <param name="Attempts">How many were made.</param>
/// <param name="DueAt">When the next attempt is due; null when it has ended.</param>
/// <param name="GiveUpAt">After which time no further attempt is made; null when it has ended.</param>
/// <param name="AttemptedAt">When the last attempt was made.</param>
/// <param name="Status">What the receiver answered to it; null when nothing came.</param>
/// <param name="Problem">Why that was no success.</param>
/// <param name="EndedAt">When it was taken or given up.</param>
/// <param name="Body">What is posted; left out of the list.</param>
/// <param name="Actions">What can be done with it.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record DeliveryItem(
    long Number,
    WebhookEvent Event,
    Guid? SagaId,
    DateTimeOffset OccurredAt,
    DeliveryState State,
    bool IsApart,
    int Attempts,
    DateTimeOffset? DueAt,
    DateTimeOffset? GiveUpAt,
    DateTimeOffset? AttemptedAt,
    int? Status,
    string? Problem,
    DateTimeOffset? EndedAt,
    JsonElement? Body,
    IReadOnlyList<PossibleAction> Actions,
    DeliveryLinks Links
)
{
    public static DeliveryItem Of(Guid webhook, WebhookDelivery delivery, ApiPaths paths, bool isListed = false)
    {
        var isPending = delivery.State == DeliveryState.Pending;
        var self = string.Create(CultureInfo.InvariantCulture, $"{paths.Webhook(webhook)}/deliveries/{delivery.Number}");
        return new DeliveryItem(
            delivery.Number,
            delivery.Event,
            delivery.SagaId,
            delivery.OccurredAt,
            delivery.State,
            delivery.IsApart,
            delivery.Attempts,
            isPending ? delivery.DueAt : null,
            isPending ? delivery.GiveUpAt : null,
            delivery.AttemptedAt,
            delivery.Status,
            delivery.Problem,
            delivery.EndedAt,
            isListed ? null : JsonElement.Parse(delivery.Body),
            [new PossibleAction("Redeliver", self + "/redeliver")],
            new DeliveryLinks(self, paths.Webhook(webhook))
        );
    }
}

/// <summary>Paths to follow.</summary>
/// <param name="Self">The delivery.</param>
/// <param name="Webhook">Its webhook.</param>
internal sealed record DeliveryLinks(string Self, string Webhook);

/// <summary>Deliveries of a webhook.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">What to give as after for the next page; null on the last.</param>
internal sealed record DeliveryList(IReadOnlyList<DeliveryItem> Items, long? Next);
