namespace SagaOrchestrator.Engine.Plans.Versions;

/// <summary>Which plan versions the store knows, and which of them still have sagas under way.</summary>
internal interface IPlanVersions
{
    /// <summary>Every version that was registered, or that a saga under way needs.</summary>
    Task<IReadOnlyList<StoredPlanVersion>> Read(CancellationToken cancellationToken);

    /// <summary>Every version that was registered; sagas are not counted.</summary>
    Task<IReadOnlyList<RegisteredPlanVersion>> Registered(CancellationToken cancellationToken);

    /// <summary>Registers a version, or replaces the fingerprint of one that no saga under way uses.</summary>
    Task Write(string type, int version, string fingerprint, CancellationToken cancellationToken);
}

/// <summary>A plan version as it is stored.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Fingerprint">Its structure; null when it was never registered.</param>
/// <param name="UnderWay">How many sagas on it have not ended.</param>
internal sealed record StoredPlanVersion(string Type, int Version, string? Fingerprint, long UnderWay);

/// <summary>A plan version that was registered.</summary>
internal sealed record RegisteredPlanVersion(string Type, int Version);
