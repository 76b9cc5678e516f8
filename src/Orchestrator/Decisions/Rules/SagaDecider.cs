using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>
/// Decides what follows an input. Pure: no clock, ids, randomness, logging or waiting.
/// Total: every input in every state is applied, recorded and ignored, or (an operator's) refused (rule S13).
/// </summary>
public static class SagaDecider
{
    /// <summary>Decides.</summary>
    /// <param name="plan">The plan version that the saga started with (rule S32).</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="input">What happened.</param>
    /// <param name="around">Time, jitter and the saga's conditions.</param>
    public static Decided Decide(PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around)
    {
        var turn = new Turn(plan, progress, around);
        switch (input)
        {
            case Begin:
                StageRules.Begin(turn);
                break;
            case TimerFired fired:
                TimerRules.Fire(turn, fired);
                break;
            case SignalReceived signal:
                SignalRules.Receive(turn, signal);
                break;
            case OperatorInput action:
                OperatorRules.Act(turn, action);
                break;
            case ReplyInput reply:
                Reply(turn, reply);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "The decider does not know this input.");
        }

        return turn.Outcome();
    }

    private static void Reply(Turn turn, ReplyInput reply)
    {
        if (!Matching.Accepts(turn, reply, out var index))
        {
            return;
        }

        switch (reply)
        {
            case StepSucceeded succeeded:
                OutcomeRules.Succeed(turn, index, succeeded);
                break;
            case ResultRefused refused:
                OutcomeRules.RefuseResult(turn, index, refused);
                break;
            case StepRejected rejected:
                OutcomeRules.Reject(turn, index, rejected);
                break;
            case StepFaulted faulted:
                OutcomeRules.Fault(turn, index, faulted);
                break;
            case StepNotDone notDone:
                OutcomeRules.NotDone(turn, index, notDone);
                break;
            case StepProgressed progressed:
                HeartbeatRules.Progress(turn, index, progressed);
                break;
            case CompensationSucceeded succeeded:
                CompensationRules.Succeed(turn, index, succeeded);
                break;
            case CompensationFailed failed:
                CompensationRules.Fail(turn, index, failed);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply), reply, "The decider does not know this reply.");
        }
    }
}
