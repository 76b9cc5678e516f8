namespace SagaOrchestrator.Chaos.Floods;

/// <summary>What one kind of flood has shown.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Size">How many messages it had.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When the last of it was digested, or was given up.</param>
/// <param name="IsDigested">Whether it was.</param>
/// <param name="Disorder">What came back out of its order; null when nothing did.</param>
internal sealed record FloodResult(string Kind, int Size, DateTimeOffset From, DateTimeOffset To, bool IsDigested, string? Disorder)
{
    /// <summary>How long honest orders took that were sent meanwhile.</summary>
    public Latency Latency { get; init; } = Latency.Of([]);

    /// <summary>Where its messages ended.</summary>
    public string Ends { get; init; } = string.Empty;

    /// <summary>Which of them ended where they must not.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    public bool Covers(DateTimeOffset at) => at >= From && at < To;
}
