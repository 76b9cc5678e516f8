using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>What timers will do: each is fired on the saga as it is now.</summary>
internal static class TimerParts
{
    public static ImmutableArray<TimerExplanation> Of(SagaFacts facts, WhatIf whatIf) =>
        [.. Armed(facts.Progress).OrderBy(armed => armed.Timer.DueAt).Select(armed => Of(facts, whatIf, armed.Timer, armed.Step))];

    /// <summary>Which participants are known to be absent.</summary>
    public static Func<string, Absence?> AbsenceOf(SagaFacts facts) => name => facts.Participants.GetValueOrDefault(name)?.Absence;

    private static IEnumerable<(SagaTimer Timer, StepProgress? Step)> Armed(SagaProgress progress)
    {
        if (progress.Pause is not null)
        {
            yield break;
        }

        if (progress.BeginDueAt is { } begin)
        {
            yield return (new SagaTimer(SagaTimer.Begin, begin), null);
        }

        if (progress.DeadlineAt is { } deadline)
        {
            yield return (new SagaTimer(SagaTimer.Deadline, deadline), null);
        }

        foreach (var step in progress.Steps.Where(step => step.Timer is not null))
        {
            yield return (step.Timer!, step);
        }
    }

    private static TimerExplanation Of(SagaFacts facts, WhatIf whatIf, SagaTimer timer, StepProgress? step)
    {
        // A timer that is late fires at any moment.
        var at = timer.DueAt > facts.Now ? timer.DueAt : facts.Now;
        var decided = whatIf(facts.Progress, new TimerFired(timer.Name), at, AbsenceOf(facts));
        var consequences = Following.Of(facts.Plan, facts.Progress, decided, at);
        return new TimerExplanation(
            timer.Name,
            step?.Name,
            timer.DueAt,
            consequences,
            Words.Sentence($"{Words.In(timer.DueAt, facts.Now)}{Condition(timer, step)} it {Following.Text(consequences)}")
        );
    }

    private static string Condition(SagaTimer timer, StepProgress? step) =>
        (timer.Name, step?.Wait) switch
        {
            (SagaTimer.Begin, null) => ", if nobody tells it to begin before,",
            (SagaTimer.Deadline, null) => ", when its deadline passes,",
            (_, Wait.Reply or Wait.Enquiry) => ", if no answer comes,",
            (_, Wait.Signal) => ", if the signal does not come,",
            _ => string.Empty,
        };
}
