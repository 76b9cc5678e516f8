using SagaOrchestrator.Engine.Webhooks.Sending;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>
/// What nodes deliver. One node at a time holds a webhook, for some seconds that each attempt makes anew; what it writes counts only while
/// it does.
/// </summary>
internal interface IWebhookQueue
{
    /// <summary>Takes a webhook that has something to be done now, and that nobody holds.</summary>
    Task<ClaimedWebhook?> Claim(Guid node, CancellationToken cancellationToken);

    /// <summary>Gives a webhook back.</summary>
    Task Release(Guid webhook, Guid node, CancellationToken cancellationToken);

    /// <summary>What happened that deliveries were not made of.</summary>
    Task<Happenings> Read(ClaimedWebhook webhook, CancellationToken cancellationToken);

    /// <summary>Makes deliveries, and notes up to where they were made.</summary>
    /// <returns>Whether the node still holds the webhook as it knows it; else nothing was written.</returns>
    Task<bool> Write(
        ClaimedWebhook webhook,
        Guid node,
        Happenings happenings,
        IReadOnlyList<NewDelivery> deliveries,
        CancellationToken cancellationToken
    );

    /// <summary>What is to be sent next, with the secrets that hold.</summary>
    Task<DueDeliveries> Next(ClaimedWebhook webhook, CancellationToken cancellationToken);

    /// <summary>Notes what came of an attempt.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="node">Who holds it.</param>
    /// <param name="delivery">What was sent.</param>
    /// <param name="attempt">What came of it.</param>
    /// <param name="pause">After which time it is tried again, when it was not taken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Noted> Note(
        ClaimedWebhook webhook,
        Guid node,
        WebhookDelivery delivery,
        Attempt attempt,
        TimeSpan pause,
        CancellationToken cancellationToken
    );

    /// <summary>Webhooks whose receivers have taken nothing for a while, or are gone.</summary>
    Task<IReadOnlyList<FailingWebhook>> Failing(TimeSpan since, CancellationToken cancellationToken);

    /// <summary>For how long the oldest event has waited of which each webhook is still to be told.</summary>
    Task<IReadOnlyDictionary<Guid, TimeSpan>> Lags(CancellationToken cancellationToken);
}

/// <summary>A webhook as the node knows it that delivers it.</summary>
internal sealed record ClaimedWebhook(
    Guid Id,
    int Version,
    string Url,
    IReadOnlyList<string> Types,
    IReadOnlyList<WebhookOutcome> Outcomes,
    bool Alarms,
    bool IsEnabled,
    long SagaPosition,
    long AlarmPosition
);

/// <summary>What is due.</summary>
/// <param name="Apart">What an operator asked for.</param>
/// <param name="InOrder">The rest, up to the first that is not due.</param>
/// <param name="IsWaiting">Whether the first in order is not due yet. While it is not, nothing is to be made of what happened.</param>
/// <param name="Secrets">The secrets that hold, the newest first.</param>
internal sealed record DueDeliveries(
    IReadOnlyList<WebhookDelivery> Apart,
    IReadOnlyList<WebhookDelivery> InOrder,
    bool IsWaiting,
    IReadOnlyList<byte[]> Secrets
);

/// <summary>How a delivery stands after an attempt.</summary>
/// <param name="IsHeld">Whether the node still holds the webhook as it knows it.</param>
/// <param name="State">How the delivery stands; null when nothing was written.</param>
internal sealed record Noted(bool IsHeld, DeliveryState? State);

/// <summary>A webhook that needs somebody.</summary>
internal sealed record FailingWebhook(Guid Id, string Host, WebhookState State, DateTimeOffset Since, int Failed, string? Problem);
