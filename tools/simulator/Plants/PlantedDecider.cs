using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Simulator.Plants;

/// <summary>The real decider, with what it is given or what it answers bent as a bug would bend it.</summary>
internal static class PlantedDecider
{
    public static Decided Decide(Plant plant, PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around)
    {
        var bent = Bend(plant, plan, progress, input, around);
        // Where nothing is decided and nothing would be changed, nothing is, whatever was bent on the way.
        return bent.Decisions.IsEmpty && ReferenceEquals(SagaDecider.Decide(plan, progress, input, around).Progress, progress)
            ? new Decided(progress, [])
            : bent;
    }

    private static Decided Bend(Plant plant, PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around) =>
        plant switch
        {
            Plant.UndoInOrderOfId => UndoInOrderOfId(plan, progress, input, around),
            Plant.UnknownNotUndone => UnknownNotUndone(plan, progress, input, around),
            Plant.LateReplyAccepted
                when input is StepSucceeded reply && progress.Find(reply.Step) is { State: StepState.Compensating } step =>
                SagaDecider.Decide(plan, Forward(progress, step), input, around),
            Plant.TimerWithoutAttempt when input is TimerFired fired && ArmedFor(progress, fired.Timer) is { } armed => SagaDecider.Decide(
                plan,
                progress,
                new TimerFired(armed.Name),
                around with
                {
                    Now = armed.DueAt > around.Now ? armed.DueAt : around.Now,
                }
            ),
            Plant.TimerFiresEarly when input is TimerFired => SagaDecider.Decide(
                plan,
                progress,
                input,
                around with
                {
                    Now = DateTimeOffset.MaxValue.AddYears(-1),
                }
            ),
            Plant.RetryBudgetShared => BudgetShared(progress, SagaDecider.Decide(plan, progress, input, around)),
            Plant.BranchesNotSettled => BranchesNotSettled(plan, progress, input, around),
            Plant.PivotCompensated => SagaDecider.Decide(WithoutPivot(plan), progress, input, around),
            Plant.CancelKillsCompensation when input is Cancel && progress.State == SagaState.Compensating => new Decided(
                progress with
                {
                    State = SagaState.Failed,
                },
                [new PublishEvent(SagaState.Failed)]
            ),
            Plant.OperatorNotFenced
                when input is ResolveAsNotDone action
                    && progress.Find(action.Step) is { State: StepState.Executing, Wait: Wait.Operator } step => NotFenced(
                plan,
                progress,
                action,
                step,
                around
            ),
            Plant.SignalCountedTwice when input is SignalReceived signal => SagaDecider.Decide(
                plan,
                progress,
                signal with
                {
                    SignalId = SagaIds.OfMessage(signal.SignalId, progress.Signals.Length),
                },
                around
            ),
            Plant.OutageSpendsAttempts => SagaDecider.Decide(plan, progress, input, Unless(AbsenceKind.Away, around)),
            Plant.StopDoesNotStop => SagaDecider.Decide(plan, progress, input, Unless(AbsenceKind.Stopped, around)),
            Plant.PauseDoesNotHold when input is not OperatorInput && progress.Pause is { } pause => Unpaused(
                plan,
                progress,
                pause,
                input,
                around
            ),
            _ => SagaDecider.Decide(plan, progress, input, around),
        };

    private static Decided Unpaused(PlanDefinition plan, SagaProgress progress, Pause pause, SagaInput input, DecisionContext around)
    {
        var decided = SagaDecider.Decide(plan, progress with { Pause = null }, input, around);
        return decided with { Progress = decided.Progress.HasEnded ? decided.Progress : decided.Progress with { Pause = pause } };
    }

    private static DecisionContext Unless(AbsenceKind kind, DecisionContext around) =>
        around with
        {
            AbsenceOf = participant => around.AbsenceOf!(participant) is { } absence && absence.Kind != kind ? absence : null,
        };

    private static Decided UndoInOrderOfId(PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around)
    {
        var decided = SagaDecider.Decide(plan, Turned(progress), input, around);
        return decided with
        {
            Progress = decided.Progress with
            {
                Steps =
                [
                    .. decided.Progress.Steps.Select(step =>
                        step with
                        {
                            StartOrder = progress.Find(step.Name)!.StartOrder ?? step.StartOrder,
                        }
                    ),
                ],
            },
        };
    }

    private static SagaProgress Turned(SagaProgress progress) =>
        progress with
        {
            Steps = [.. progress.Steps.Select(step => step.StartOrder is { } order ? step with { StartOrder = -order } : step)],
        };

    private static Decided UnknownNotUndone(PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around)
    {
        var decided = SagaDecider.Decide(plan, progress, input, around);
        var isUnknown =
            progress.ForwardFailure is null && decided.Progress.ForwardFailure is not null && input is TimerFired or StepFaulted;
        if (
            !isUnknown
            || progress.Find(decided.Progress.ForwardFailure?.Step ?? string.Empty)
                is not { State: StepState.Executing, Wait: Wait.Reply } step
        )
        {
            return decided;
        }

        var commandId = progress.CommandId(step.Name, Direction.Do);
        return SagaDecider.Decide(
            plan,
            progress,
            new StepRejected(step.Name, commandId, step.Attempt, "timeout", "Nobody answered."),
            around
        );
    }

    private static SagaProgress Forward(SagaProgress progress, StepProgress step) =>
        progress with
        {
            State = SagaState.Pending,
            ForwardFailure = null,
            Steps = progress.Steps.Replace(step, step with { State = StepState.Executing }),
        };

    private static SagaTimer? ArmedFor(SagaProgress progress, string timer) =>
        progress.Steps.FirstOrDefault(step => step.Timer is not null && timer.StartsWith(step.Name + "/", StringComparison.Ordinal))?.Timer;

    private static Decided BudgetShared(SagaProgress progress, Decided decided) =>
        ReferenceEquals(decided.Progress, progress)
            ? decided
            : decided with
            {
                Progress = decided.Progress with
                {
                    Steps =
                    [
                        .. decided.Progress.Steps.Select(step =>
                            step is { State: StepState.Compensating, UndoAttempt: 1 } ? step with { Forgiven = -step.Attempt } : step
                        ),
                    ],
                },
            };

    private static Decided NotFenced(
        PlanDefinition plan,
        SagaProgress progress,
        ResolveAsNotDone action,
        StepProgress step,
        DecisionContext around
    )
    {
        var asked = SagaDecider.Decide(plan, progress, action, around);
        var commandId = progress.CommandId(step.Name, Direction.Do);
        return asked.Decisions is [Refuse, ..]
            ? asked
            : SagaDecider.Decide(plan, asked.Progress, new StepNotDone(step.Name, commandId, step.Attempt), around);
    }

    private static Decided BranchesNotSettled(PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around)
    {
        var decided = SagaDecider.Decide(plan, progress, input, around);
        var fails = progress.ForwardFailure is null && decided.Progress.ForwardFailure is not null;
        return !fails
            ? decided
            : SagaDecider.Decide(
                plan,
                progress with
                {
                    Steps =
                    [
                        .. progress.Steps.Select(step =>
                            step.Name != decided.Progress.ForwardFailure!.Step && step is { State: StepState.Executing, Wait: Wait.Reply }
                                ? step with
                                {
                                    Wait = Wait.Retry,
                                }
                                : step
                        ),
                    ],
                },
                input,
                around
            );
    }

    private static PlanDefinition WithoutPivot(PlanDefinition plan) =>
        plan.Steps.Any(step => step.Kind == StepKind.Pivot) && plan.Steps.All(step => step.Kind != StepKind.Retriable)
            ? new PlanDefinition(
                plan.Type,
                plan.Version,
                plan.Steps.Select(step =>
                    step.Kind == StepKind.Pivot ? step with { Kind = StepKind.Compensatable, HasCompensation = true } : step
                ),
                plan.Deadline
            )
            : plan;
}
