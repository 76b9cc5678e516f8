namespace SagaOrchestrator.Engine.Breakers;

/// <summary>What operators have set, for all nodes.</summary>
internal interface IBreakerSettings
{
    /// <summary>All of them.</summary>
    Task<IReadOnlyList<BreakerSetting>> Read(CancellationToken cancellationToken);

    /// <summary>Sets one, and notes who did it and why.</summary>
    Task Write(BreakerSetting setting, string? origin, CancellationToken cancellationToken);
}
