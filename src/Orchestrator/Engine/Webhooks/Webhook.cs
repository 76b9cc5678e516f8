namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>What of sagas a webhook is told.</summary>
public enum WebhookOutcome
{
    /// <summary>A saga has completed.</summary>
    Completed,

    /// <summary>A saga has failed, and what it had done is undone.</summary>
    Failed,

    /// <summary>A saga waits for an operator.</summary>
    Parked,
}

/// <summary>Whether a webhook is delivered.</summary>
public enum WebhookState
{
    /// <summary>It is.</summary>
    Enabled,

    /// <summary>Somebody has switched it off. What it is to be told is kept for it as long as ended sagas are kept.</summary>
    Disabled,

    /// <summary>Its receiver has answered 410 Gone. What it is to be told is kept for it as long as ended sagas are kept.</summary>
    Gone,
}

/// <summary>Who is told of what.</summary>
public sealed record WebhookSettings
{
    /// <summary>Where each delivery is posted to: an absolute <c>https</c> URL without credentials and fragment.</summary>
    public required string Url { get; init; }

    /// <summary>What it is for, in people's words.</summary>
    public string? Description { get; init; }

    /// <summary>Only sagas of these plans; all when there are none.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>What of them. None for a webhook that is told of alarms only.</summary>
    public IReadOnlyList<WebhookOutcome> Outcomes { get; init; } = [];

    /// <summary>Whether it is told of alarms that are raised, escalated or cleared.</summary>
    public bool Alarms { get; init; }

    /// <summary>Whether it is delivered.</summary>
    public bool IsEnabled { get; init; } = true;
}

/// <summary>Somebody who is told of outcomes and alarms.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Settings">Who is told of what.</param>
/// <param name="State">Whether it is delivered.</param>
/// <param name="CreatedAt">UTC, on the database's clock, like every time here. What happened before is not told.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="FailingSince">Since when its receiver has not taken a delivery; null when it took the last one.</param>
/// <param name="Pending">How many deliveries wait. Of those that are to come, five hundred are made at a time.</param>
/// <param name="Failed">How many were given up, and can be redelivered.</param>
/// <param name="SecretMadeAt">When its secret was made.</param>
/// <param name="PreviousSecretEndsAt">Until when the secret before it signs too; null when there is none.</param>
public sealed record Webhook(
    Guid Id,
    WebhookSettings Settings,
    WebhookState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? FailingSince,
    int Pending,
    int Failed,
    DateTimeOffset SecretMadeAt,
    DateTimeOffset? PreviousSecretEndsAt
);

/// <summary>A webhook, and its secret, which is told this once.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">What its receiver checks signatures with: <c>whsec_</c> and Base64.</param>
public sealed record IssuedSecret(Webhook Webhook, string Secret)
{
    /// <summary>Tells no secret: this may come into a log.</summary>
    public override string ToString() => $"The secret of webhook {Webhook.Id}";
}
