using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions;

/// <summary>
/// Decides what follows an input. Pure: no clock, ids, randomness, logging or waiting.
/// Total: every input in every state is applied, or recorded and ignored (rule S13).
/// </summary>
public static class SagaDecider
{
    /// <summary>Decides.</summary>
    /// <param name="plan">The plan version that the saga started with (rule S32).</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">The time, on the database's clock (rule S35).</param>
    /// <param name="jitter">A number from 0 up to 1 for the backoff.</param>
    public static Decided Decide(SagaPlan plan, SagaProgress progress, SagaInput input, DateTimeOffset now, double jitter)
    {
        var turn = new Turn(plan, progress, now, jitter);
        switch (input)
        {
            case Begin:
                ForwardRules.Begin(turn);
                break;
            case TimerFired fired:
                TimerRules.Fire(turn, fired);
                break;
            case ReplyInput reply when !turn.Expects(reply, out var why):
                turn.Ignore(reply, why);
                break;
            case StepSucceeded reply:
                ForwardRules.Succeed(turn, reply);
                break;
            case StepRejected reply:
                ForwardRules.Reject(turn, reply);
                break;
            case StepFaulted reply:
                ForwardRules.Fault(turn, reply);
                break;
            case CompensationSucceeded reply:
                CompensationRules.Succeed(turn, reply);
                break;
            case CompensationFailed reply:
                CompensationRules.Fail(turn, reply);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "The decider does not know this input.");
        }

        return turn.Outcome();
    }
}
