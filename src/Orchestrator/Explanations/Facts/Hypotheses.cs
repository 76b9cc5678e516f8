using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Explanations.Facts;

/// <summary>Who can say what would follow an input: those who decide when it does come.</summary>
public static class Hypotheses
{
    // The middle: what is told of a wait is what to expect.
    private const double Jitter = 0.5;

    /// <summary>The decider alone. Every condition holds, and every command can be made.</summary>
    public static WhatIf Of(PlanDefinition plan) =>
        (progress, input, now, absenceOf) =>
            SagaDecider.Decide(plan, progress, input, new DecisionContext(now, Jitter, (_, _) => true, AbsenceOf: absenceOf));

    /// <summary>The decider and the plan with this saga's data: its conditions, and whether its commands can be made.</summary>
    /// <param name="plan">The saga's plan.</param>
    /// <param name="saga">The saga, with its data and results.</param>
    /// <param name="limits">How much a saga may hold.</param>
    public static WhatIf Of(Plan plan, SagaView saga, IntakeLimits limits)
    {
        var runner = new PlanRunner(SagaDecider.Decide, limits, isTransient: _ => false);
        return (progress, input, now, absenceOf) =>
        {
            // It waits only where compensations may be held, which is not asked for here.
            var run = runner.Run(plan, saga with { Progress = progress }, input, data: null, new TurnMoment(now, Jitter, absenceOf));
            var turn = run.IsCompleted ? run.Result : throw new InvalidOperationException("The plan's runner waits for something.");
            return turn.Refused is { } refused ? new Decided(progress, [refused]) : turn.Decided;
        };
    }
}
