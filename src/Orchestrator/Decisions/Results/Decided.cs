using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Decisions.Results;

/// <summary>What follows an input: the new progress, and what to do.</summary>
/// <param name="Progress">The saga's new progress.</param>
/// <param name="Decisions">In order. Empty when the input changes nothing and is not worth recording.</param>
public sealed record Decided(SagaProgress Progress, ImmutableArray<Decision> Decisions);
