using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Decisions.Results;

/// <summary>What follows an input: the new progress, and what to do.</summary>
/// <param name="Progress">The saga's new progress; the same object when nothing about it changes.</param>
/// <param name="Decisions">In order. With the same progress and no decisions, there is nothing to write.</param>
public sealed record Decided(SagaProgress Progress, ImmutableArray<Decision> Decisions);
