namespace SagaOrchestrator.Engine.Feeds;

/// <summary>What happens to sagas, in the order in which it was written down.</summary>
internal interface ISagaFeed
{
    /// <summary>Outcomes after a position, in order.</summary>
    Task<IReadOnlyList<SagaOutcome>> Outcomes(IReadOnlyList<string> types, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The last position that was given; 0 when none was.</summary>
    Task<long> Position(CancellationToken cancellationToken);
}
