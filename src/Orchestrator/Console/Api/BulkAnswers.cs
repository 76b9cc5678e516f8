using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

/// <summary>What is to be done to many sagas, or to many dead letters.</summary>
internal sealed record BulkOrder(
    string Verb,
    IReadOnlyDictionary<string, string> Filter,
    string By,
    string Reason,
    string? Step = null,
    string? Outcome = null,
    JsonElement? Result = null
)
{
    public bool DryRun { get; init; }
}

internal sealed record BulkProgress(
    int Pending,
    int Done,
    int Refused,
    int Failed,
    int Healed,
    int EndedOtherwise,
    int Parked,
    int UnderWay
);

internal sealed record BulkJob(
    Guid Id,
    string State,
    string? StateReason,
    string Verb,
    string? Step,
    string? Outcome,
    IReadOnlyDictionary<string, string> Filter,
    string By,
    string Reason,
    int PerSecond,
    double StopAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    int Total,
    BulkProgress? Progress
)
{
    public bool IsForLetters => Verb is "redrive" or "discard";
}

internal sealed record BulkJobs(IReadOnlyList<BulkJob> Items, Guid? Next);

internal sealed record BulkItem(
    int Number,
    Guid? SagaId,
    string? Step,
    Guid? DeadLetterId,
    string Outcome,
    string? Code,
    string? Reason,
    DateTimeOffset? At
)
{
    public Guid? Id => SagaId ?? DeadLetterId;

    /// <summary>Where the saga, or the dead letter, is shown.</summary>
    public string Page => SagaId is null ? $"console/dead-letters/{DeadLetterId}" : $"console/sagas/{SagaId}";
}

internal sealed record BulkItems(IReadOnlyList<BulkItem> Items, int? Next);

internal sealed record BulkPreview(int Total, int Possible, IReadOnlyDictionary<string, int> Refused, IReadOnlyList<BulkItem> Items);
