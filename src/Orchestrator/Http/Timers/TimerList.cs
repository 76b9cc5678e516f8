using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Timers;

/// <summary>Timers.</summary>
/// <param name="Late">How many are late.</param>
/// <param name="LateIsExact">Whether they are exactly so many; else there are more.</param>
/// <param name="Hours">How many are due in which hour, by type.</param>
/// <param name="Items">The next ones in order, the late ones first.</param>
internal sealed record TimerList(int Late, bool LateIsExact, IReadOnlyList<TimerCount> Hours, IReadOnlyList<TimerItem> Items)
{
    public static TimerList Of(TimersDue timers, ApiPaths paths) =>
        new(timers.Late, timers.LateIsExact, timers.Hours, [.. timers.Next.Select(timer => TimerItem.Of(timer, paths))]);
}

/// <summary>A saga's next timer.</summary>
/// <param name="SagaId">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="PlanVersion">The plan version that it started with.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="Step">The step that it is armed for; null for the saga's own.</param>
/// <param name="DueAt">When it fires.</param>
/// <param name="Does">What follows then, in words, one thing after another.</param>
/// <param name="Sentence">The same in a sentence; or why this node cannot tell.</param>
/// <param name="Saga">Where the saga's status is.</param>
internal sealed record TimerItem(
    Guid SagaId,
    string Type,
    int PlanVersion,
    string BusinessKey,
    string? Step,
    DateTimeOffset DueAt,
    IReadOnlyList<string> Does,
    string Sentence,
    string Saga
)
{
    public static TimerItem Of(UpcomingTimer timer, ApiPaths paths) =>
        new(
            timer.SagaId,
            timer.Type,
            timer.PlanVersion,
            timer.BusinessKey,
            timer.Timer?.Step,
            timer.DueAt,
            [.. timer.Timer?.Consequences.Select(consequence => consequence.Text) ?? []],
            timer.Timer?.Sentence
                ?? $"This node does not have plan '{timer.Type}' version {timer.PlanVersion}: only a node that does can handle its timer.",
            paths.Saga(timer.SagaId)
        );
}
