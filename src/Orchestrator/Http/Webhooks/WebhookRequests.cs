using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Http.OperateSaga;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Who is to be told of what.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WebhookRequest : OperatorRequest
{
    /// <summary>Where each delivery is posted to: an https URL without user name, password and fragment.</summary>
    [Length(1, 2000)]
    public required string Url { get; init; }

    /// <summary>What it is for, in your words.</summary>
    [Length(1, 500)]
    public string? Description { get; init; }

    /// <summary>Only sagas of these types; of all when it is left out.</summary>
    [Length(1, 50)]
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>
    /// What of them: <c>Completed</c>, <c>Failed</c>, <c>Parked</c>. All three when it is left out; none when it is empty.
    /// </summary>
    [Length(0, 3)]
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>Whether it is told of alarms too. By itself not.</summary>
    public bool Alarms { get; init; }

    /// <summary>False switches it off; what it is to be told waits meanwhile. By itself true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>Many deliveries of a webhook at once.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DeliveriesRequest : OperatorRequest
{
    /// <summary>Only of what happened at this time or later: 2026-01-31T12:00:00Z, or a day like 2026-01-31.</summary>
    [Length(10, 40)]
    public string? Since { get; init; }

    /// <summary>Only of what happened before this time.</summary>
    [Length(10, 40)]
    public string? Before { get; init; }

    /// <summary>
    /// Only those whose last attempt was answered with this HTTP status, like <c>503</c>; <c>no-answer</c> for those to which nothing came.
    /// </summary>
    [Length(3, 9)]
    public string? Cause { get; init; }

    /// <summary>How many, the oldest first: 1 to 10000. By itself all that are kept.</summary>
    [Range(1, DeliveryFilter.Most)]
    public int? Limit { get; init; }

    /// <summary>Counts, and changes nothing. By itself false.</summary>
    public bool DryRun { get; init; }
}

/// <summary>A new secret.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RotateSecretRequest : OperatorRequest
{
    /// <summary>How long the old secret signs too, like 30m or 1d; 0s ends it at once. By itself 1d, at most 30d.</summary>
    [Length(2, 8)]
    public string? Overlap { get; init; }
}
