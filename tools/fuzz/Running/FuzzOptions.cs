namespace SagaOrchestrator.Fuzz.Running;

/// <summary>What a run is made of.</summary>
internal sealed record FuzzOptions
{
    public required int Requests { get; init; }

    public required int Messages { get; init; }

    public required int Seed { get; init; }

    /// <summary>Hostile requests a second, and as many messages.</summary>
    public required int Rate { get; init; }

    /// <summary>Honest orders a second.</summary>
    public required double Honest { get; init; }

    /// <summary>Honest orders only, not measured: what is compiled, cached and connected at first is so afterwards.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Honest orders only, measured, to compare with.</summary>
    public required TimeSpan Calm { get; init; }

    /// <summary>Whether the latency of honest orders is judged, or only shown.</summary>
    public required bool JudgesLatency { get; init; }

    public required Uri Api { get; init; }

    public required int AmqpPort { get; init; }

    public required Uri Console { get; init; }

    public required string Failures { get; init; }

    public required IReadOnlyDictionary<string, int> Processes { get; init; }
}
