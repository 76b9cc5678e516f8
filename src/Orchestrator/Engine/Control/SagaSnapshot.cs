using System.Text.Json;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Sagas;

namespace SagaOrchestrator.Engine.Control;

/// <summary>One saga as it was when it was read. It does not change with the saga. Times are UTC, on the database's clock.</summary>
public sealed record SagaSnapshot
{
    internal SagaSnapshot(SagaInstance saga)
    {
        (Id, Type, PlanVersion, BusinessKey) = (saga.CorrelationId, saga.Type, saga.PlanVersion, saga.BusinessKey);
        (Progress, Results, Version) = (saga.Progress, saga.Results, saga.Version);
        (StartedAt, UpdatedAt, EndedAt) = (saga.StartedAt, saga.Version == 0 ? saga.Now : saga.UpdatedAt, saga.EndedAt);
    }

    /// <summary>The saga's id. It follows from type and business key.</summary>
    public Guid Id { get; }

    /// <summary>The plan's name.</summary>
    public string Type { get; }

    /// <summary>The plan version that it started with.</summary>
    public int PlanVersion { get; }

    /// <summary>What the business calls it; unique per type.</summary>
    public string BusinessKey { get; }

    /// <summary>State, deadline and failures, and each step with its attempts and with when its wait ends.</summary>
    public SagaProgress Progress { get; }

    /// <summary>What participants and signals answered with, by step.</summary>
    public IReadOnlyDictionary<string, JsonElement> Results { get; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; }

    /// <summary>
    /// Grows with every change, so that two snapshots with one version are the same; 0 for a saga that has just been accepted.
    /// </summary>
    public long Version { get; }
}
