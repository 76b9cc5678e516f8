using MassTransit;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Breakers;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Host.Telemetry;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Asks the decider what follows an input, and carries out its decisions in a unit of work.</summary>
internal sealed class SagaEngine(
    Decider decide, PlanCatalogue plans, CompensationGate gate, SagaObserver observer, IntakeLimits limits, ParticipantBreakers breakers)
{
    /// <summary>Decides on an input and notes what follows.</summary>
    /// <param name="saga">The saga, as it was loaded; changed in place.</param>
    /// <param name="input">What happened.</param>
    /// <param name="work">Takes everything that follows.</param>
    /// <returns>Why an operator's action is not possible, or why a signal cannot be kept; null when it was carried out. Of other inputs always null.</returns>
    public async Task<Refuse?> Apply(SagaInstance saga, SagaInput input, TurnWork work)
    {
        if (saga.Progress.HasEnded && plans.TryGet(saga.Type, saga.PlanVersion) is null)
        {
            return AfterTheEnd(saga, input);
        }

        var plan = plans.Get(saga.Type, saga.PlanVersion);
        input = ResultIntake.Checked(input, plan, work.Data, limits);
        var answers = new PlanAnswers(plan, saga, input, work.Data);
#pragma warning disable CA5394 // Jitter needs no secrecy.
        var around = new Surroundings(saga.Now, Random.Shared.NextDouble(), answers.Applies, Unmakeable: answers.Unmakeable, AbsenceOf: breakers.AbsenceOf);
#pragma warning restore CA5394
        var decided = decide(plan.Shape, saga.Progress, input, around);
        if (input is not OperatorInput && await gate.IsClosed(decided))
        {
            around = around with { UndoLater = true };
            decided = decide(plan.Shape, saga.Progress, input, around);
        }

        while (!answers.TryMakeCommands(decided))
        {
            if (answers.Refusal() is { } refusal)
            {
                return refusal;
            }

            decided = decide(plan.Shape, saga.Progress, input, around);
        }

        breakers.Note(saga, plan.Shape, input, decided);
        if (decided.Decisions is [Refuse refused, ..])
        {
            return refused;
        }

        if (SagaBounds.Objection(saga, decided, answers.Results, limits) is { } objection)
        {
            return input is StepSucceeded reply
                ? await Apply(saga, ResultIntake.Refused(reply, objection), work)
                : new Refuse(SagaBounds.Code, objection.ToString());
        }

        if (ReferenceEquals(decided.Progress, saga.Progress) && decided.Decisions.IsEmpty)
        {
            return null;
        }

        saga.Progress = decided.Progress;
        saga.CurrentState = decided.Progress.State.ToString();
        saga.Undoing = decided.Progress.Steps.FirstOrDefault(step => step is { State: StepState.Compensating, Wait: Wait.Reply }) is { } undoing
            ? plan.Shape.Find(undoing.Name)!.Participant : null;
        saga.Changed = true;
        if (decided.Progress.HasEnded)
        {
            saga.EndedAt ??= saga.Now;
        }

        saga.Results = answers.Results;
        foreach (var decision in decided.Decisions)
        {
            Carry(saga, decision, answers, work);
        }

        work.Unit.AfterCommit(() => observer.Moved(saga, decided.Decisions));
        return null;
    }

    // The plan may be gone when the last of its sagas have ended; what still comes for one of them changes nothing.
    private Refuse? AfterTheEnd(SagaInstance saga, SagaInput input)
    {
        if (input is OperatorInput)
        {
            return new Refuse("ended", $"The saga is {saga.CurrentState}, and its plan version is not on this node any more. Nothing can be done to it.");
        }

        if (input is ReplyInput reply)
        {
            SagaBounds.Record(
                saga, new HistoryEntry(HistoryTypes.ReplyIgnored, reply.Step, Attempt: reply.Attempt, Code: reply.GetType().Name, Reason: "The saga has ended, and its plan version is gone."),
                limits);
            saga.Changed = true;
        }

        return null;
    }

    private void Carry(SagaInstance saga, Decision decision, PlanAnswers answers, TurnWork work)
    {
        switch (decision)
        {
            case SendCommand command:
                CommandSender.Send(work.Unit, answers.NextCommand(), saga, command);
                break;
            case SendEnquiry enquiry:
                CommandSender.Send(work.Unit, saga, enquiry);
                break;
            case RegisterCompensation compensation:
                saga.Compensations.Add(compensation);
                break;
            case Record record:
                SagaBounds.Record(saga, record.Entry, limits);
                break;
            case PublishOutcome outcome:
                SagaOutcomes.Publish(work.Unit, saga, outcome);
                break;
            case var result when SagaResults.Is(result):
                // They have all been carried out: the commands were made from them.
                break;
            default:
                throw new InvalidOperationException($"The decision {decision.GetType().Name} is new here. Teach {nameof(SagaEngine)} to carry it out.");
        }
    }
}
