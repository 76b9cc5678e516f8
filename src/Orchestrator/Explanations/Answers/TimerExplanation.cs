using System.Collections.Immutable;

namespace SagaOrchestrator.Explanations.Answers;

/// <summary>An armed timer, and what it will do if nothing comes before.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Step">The step that it is armed for; null for the saga's own.</param>
/// <param name="DueAt">When it fires.</param>
/// <param name="Consequences">What follows then, as the decider says.</param>
/// <param name="Sentence">The same in a sentence.</param>
public sealed record TimerExplanation(
    string Name,
    string? Step,
    DateTimeOffset DueAt,
    ImmutableArray<Consequence> Consequences,
    string Sentence
);

/// <summary>How long a saga can take.</summary>
/// <param name="At">The latest end; null when an operator or an absence can hold it.</param>
/// <param name="EndsOrParksBy">
/// When it has ended or is parked at the latest, if every participant is there, none says that it is still at work, and no compensation
/// waits for its turn; null when that cannot be said.
/// </param>
/// <param name="Sentence">The same in a sentence.</param>
public sealed record LatestEnd(DateTimeOffset? At, DateTimeOffset? EndsOrParksBy, string Sentence);
