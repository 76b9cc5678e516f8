using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.PlanDocuments;

/// <summary>The plan documents that were registered while nodes ran. One that is there never changes.</summary>
internal interface IPlanDocuments
{
    /// <summary>Every document but those of these versions, in the order of their registration.</summary>
    Task<IReadOnlyList<StoredPlanDocument>> Read(
        IReadOnlyCollection<(string Type, int Version)> known,
        CancellationToken cancellationToken
    );

    /// <summary>One; null when there is none.</summary>
    Task<StoredPlanDocument?> Find(string type, int version, CancellationToken cancellationToken);

    /// <summary>Keeps one, its structure and the operators' log's line, in one transaction.</summary>
    /// <returns>False when there is one of that version, or as many as there may be; nothing was changed then.</returns>
    Task<bool> Add(NewPlanDocument document, OperatorNote note, CancellationToken cancellationToken);
}

/// <summary>A document that is to be kept.</summary>
internal sealed record NewPlanDocument(string Type, int Version, string Text, string Hash, string Fingerprint);
