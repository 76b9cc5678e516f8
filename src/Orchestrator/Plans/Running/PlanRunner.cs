using System.Text.Json;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Plans.Running;

/// <summary>
/// Runs a plan: asks the decider what follows an input, has the plan make the commands, and holds results and signals to their contracts
/// and limits.
/// It keeps nothing and waits for nothing, so that the orchestrator and a test of a plan run the same.
/// </summary>
/// <param name="decide">Who decides.</param>
/// <param name="limits">How much a saga may hold.</param>
/// <param name="isTransient">Whether an exception of a plan's code passes by itself. It is thrown on then; any other parks the
/// saga.</param>
public sealed class PlanRunner(Decider decide, IntakeLimits limits, Func<Exception, bool> isTransient)
{
    /// <summary>What an input does to a saga.</summary>
    /// <param name="plan">The saga's plan.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="input">What happened.</param>
    /// <param name="data">A reply's result, a signal's data, or the result that an operator gave.</param>
    /// <param name="moment">When, and who is there.</param>
    /// <param name="isHeld">Whether a compensation that was decided on has to wait, because its participant has enough of them; null for
    /// never.</param>
    public async ValueTask<PlanTurn> Run(
        Plan plan,
        SagaView saga,
        SagaInput input,
        JsonElement? data,
        TurnMoment moment,
        Func<Decided, Task<bool>>? isHeld = null
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        input = ResultIntake.Checked(input, plan, data, limits);
        var answers = new PlanAnswers(plan, saga, input, data, isTransient);
        var context = new DecisionContext(
            moment.Now,
            moment.Jitter,
            answers.Applies,
            CommandFailure: answers.CommandFailure,
            AbsenceOf: moment.AbsenceOf
        );
        var decided = decide(plan.Definition, saga.Progress, input, context);
        if (isHeld is not null && IsBounded(input) && await isHeld(decided))
        {
            context = context with { UndoLater = true };
            decided = decide(plan.Definition, saga.Progress, input, context);
        }

        while (!answers.TryMakeCommands(decided))
        {
            if (answers.Refusal() is { } refusal)
            {
                return PlanTurn.Refuse(saga, input, refusal);
            }

            decided = decide(plan.Definition, saga.Progress, input, context);
        }

        if (decided.Decisions is [Refuse refused, ..])
        {
            return PlanTurn.Refuse(saga, input, refused);
        }

        if (SagaBounds.Objection(saga, decided, answers.Results, limits) is { } objection)
        {
            return input is StepSucceeded reply
                ? await Run(plan, saga, ResultIntake.Refused(reply, objection), data, moment, isHeld)
                : PlanTurn.Refuse(saga, input, new Refuse(SagaBounds.Code, objection.ToString()));
        }

        return new PlanTurn(input, decided, answers.Commands, answers.Results, Refused: null);
    }

    // One step of one saga that an operator leads out does not wait for others. A resume or a cancel may come for thousands.
    private static bool IsBounded(SagaInput input) => input is (not OperatorInput) or ResumeSaga or Cancel;
}

/// <summary>The moment of a turn.</summary>
/// <param name="Now">The time, on the database's clock (rule S35).</param>
/// <param name="Jitter">A number from 0 up to 1 for the backoff.</param>
/// <param name="AbsenceOf">Why nothing is expected of a participant, or nothing may be sent to it (rule S38). Null when all are
/// there.</param>
public readonly record struct TurnMoment(DateTimeOffset Now, double Jitter, Func<string, Absence?>? AbsenceOf = null);
