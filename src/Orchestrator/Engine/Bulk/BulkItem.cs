namespace SagaOrchestrator.Engine.Bulk;

/// <summary>What became of an item.</summary>
public enum BulkOutcome
{
    /// <summary>It waits for its turn.</summary>
    Pending,

    /// <summary>The action was carried out.</summary>
    Done,

    /// <summary>The action was not possible. Nothing was changed.</summary>
    Refused,

    /// <summary>The action failed. Nothing was changed.</summary>
    Failed,
}

/// <summary>What a job acts on: a saga, one of its steps, or a dead letter.</summary>
/// <param name="Id">The saga, or the dead letter.</param>
/// <param name="Step">The step; null for the whole, or when a saga has no step that the action could be meant for.</param>
public readonly record struct BulkTarget(Guid Id, string? Step);

/// <summary>One item of a job.</summary>
/// <param name="Number">Its place in the job, from 1.</param>
/// <param name="Target">What is acted on.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">Why it was refused: a stable word for programs; null otherwise.</param>
/// <param name="Reason">Why it was refused, or failed, for people; null otherwise.</param>
/// <param name="At">When; null while it waits for its turn.</param>
public sealed record BulkItem(
    int Number,
    BulkTarget Target,
    BulkOutcome Outcome,
    string? Code = null,
    string? Reason = null,
    DateTimeOffset? At = null
);

/// <summary>What a job would do now, before anything is done.</summary>
/// <param name="Total">How many items it would have.</param>
/// <param name="Possible">How many of them would be carried out.</param>
/// <param name="Refused">How many would be refused, by code.</param>
/// <param name="Items">The first of them; <see cref="BulkOutcome.Done"/> stands for what would be done.</param>
public sealed record BulkPreview(int Total, int Possible, IReadOnlyDictionary<string, int> Refused, IReadOnlyList<BulkItem> Items);
