using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Explanations.Answers;

namespace SagaOrchestrator.Engine.Control;

/// <summary>When timers are due.</summary>
/// <param name="Hours">How many sagas have their next timer in which hour, by type.</param>
/// <param name="Late">How many are late by more than ten seconds.</param>
/// <param name="LateIsExact">Whether they are exactly so many; else at least so many.</param>
/// <param name="Next">The next ones in order, the late ones first.</param>
public sealed record TimersDue(IReadOnlyList<TimerCount> Hours, int Late, bool LateIsExact, IReadOnlyList<UpcomingTimer> Next);

/// <summary>A saga's next timer.</summary>
/// <param name="SagaId">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="PlanVersion">The plan version that it started with.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="DueAt">When it fires.</param>
/// <param name="Timer">What it will do; null when this node does not have the plan version.</param>
public sealed record UpcomingTimer(
    Guid SagaId,
    string Type,
    int PlanVersion,
    string BusinessKey,
    DateTimeOffset DueAt,
    TimerExplanation? Timer
);
