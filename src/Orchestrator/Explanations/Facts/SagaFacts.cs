using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Facts;

/// <summary>
/// What is known of one saga. Only plan, progress and time are needed; what is unknown stays out, and the explanation says so.
/// </summary>
/// <param name="Plan">The plan version that it started with.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Now">The time, on the database's clock.</param>
public sealed record SagaFacts(PlanDefinition Plan, SagaProgress Progress, DateTimeOffset Now)
{
    /// <summary>What the business calls it.</summary>
    public string? BusinessKey { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The trace in which it was started.</summary>
    public string? TraceId { get; init; }

    /// <summary>Its history in order; empty when it was not read.</summary>
    public IReadOnlyList<PastEvent> History { get; init; } = [];

    /// <summary>What is known of participants, by name.</summary>
    public IReadOnlyDictionary<string, ParticipantFacts> Participants { get; init; } = ImmutableDictionary<string, ParticipantFacts>.Empty;

    /// <summary>The steps whose plan declares a result; an operator who takes one as done has to give it.</summary>
    public IReadOnlySet<string> StepsWithResult { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>With which values <see cref="WhatIf"/> decides where the plan reads marked ones.</summary>
    public MarkedValues MarkedValues { get; init; }

    /// <summary>
    /// Who says what would follow an input; null for the decider alone, which takes every condition to hold and every command to be
    /// possible.
    /// </summary>
    public WhatIf? WhatIf { get; init; }
}
