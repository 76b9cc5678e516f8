using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Asks the decider what follows an input, and carries out its decisions in a unit of work.</summary>
internal sealed class SagaEngine(
    PlanRunner runner,
    PlanCatalogue plans,
    CommandSender sender,
    CompensationGate gate,
    SagaObserver observer,
    IntakeLimits limits,
    ParticipantBreakers breakers,
    SensitiveSagas sensitive,
    ILogger<SagaEngine> log
)
{
    /// <summary>Decides on an input and notes what follows.</summary>
    /// <param name="saga">The saga, as it was loaded; changed in place.</param>
    /// <param name="input">What happened.</param>
    /// <param name="work">Takes everything that follows.</param>
    /// <returns>Why an operator's action is not possible, why a signal cannot be kept, or why a reply is forged; null when it was carried
    /// out. Of other inputs always null.</returns>
    public async Task<Refuse?> Apply(SagaInstance saga, SagaInput input, TurnWork work)
    {
        SagaTraces.Link(saga.TraceParent);
        if (saga.Progress.HasEnded && plans.TryGet(saga.Type, saga.PlanVersion) is null)
        {
            return AfterTheEnd(saga, input);
        }

        var plan = plans.Get(saga.Type, saga.PlanVersion);
#pragma warning disable CA5394 // Jitter needs no secrecy.
        var moment = new TurnMoment(saga.Now, Random.Shared.NextDouble(), new TurnAbsences(breakers.AbsenceOf).Of);
#pragma warning restore CA5394
        var data = work.Data;
        var open = plan.Marks is null ? null : await sensitive.Open(saga, plan, CancellationToken.None);
        if (open is not null)
        {
            (data, var refusal) = open.Read(input, data, limits);
            if (refusal is not null && input is not StepSucceeded)
            {
                return new Refuse("invalid-request", refusal.ToString());
            }

            input = refusal is null ? input : ResultIntake.Refused((StepSucceeded)input, refusal);
            if (input is StepSucceeded { Step: var step } && data is { } result && open.CopiedBy(step, result) is { } copied)
            {
                SagaLog.MarkedValueCopied(log, plan.Type, step, copied);
            }
        }

        var turn = await runner.Run(plan, open?.View ?? saga.View(), input, data, moment, gate.IsClosed);
        breakers.Note(saga, plan.Definition, turn.Input, turn.Decided);
        if (turn.Refused is not null)
        {
            return turn.Refused;
        }

        var decided = turn.Decided;
        if (ReferenceEquals(decided.Progress, saga.Progress) && decided.Decisions.IsEmpty)
        {
            return null;
        }

        var answer = StepAnswer.Of(saga.Progress, plan.Definition, turn.Input, saga.Now);
        saga.Progress = decided.Progress;
        saga.CurrentState = decided.Progress.State.ToString();
        saga.Undoing = decided.Progress.Steps.FirstOrDefault(step => step is { State: StepState.Compensating, Wait: Wait.Reply })
            is { } undoing
            ? plan.Definition.Find(undoing.Name)!.Participant
            : null;
        saga.Changed = true;
        if (decided.Progress.HasEnded)
        {
            saga.EndedAt ??= saga.Now;
        }

        saga.Results = open is null ? turn.Results : open.Close(turn);
        using var commands = turn.Commands.GetEnumerator();
        foreach (var decision in decided.Decisions)
        {
            Carry(saga, decision, commands, work, open);
        }

        work.Unit.AfterCommit(() => observer.Moved(saga, decided.Decisions, answer));
        return null;
    }

    // The plan may be gone when the last of its sagas have ended; what still comes for one of them changes nothing.
    private Refuse? AfterTheEnd(SagaInstance saga, SagaInput input)
    {
        if (input is OperatorInput)
        {
            return new Refuse(
                "ended",
                $"The saga is {saga.CurrentState}, and its plan version is not on this node any more. Nothing can be done to it."
            );
        }

        if (input is ReplyInput reply)
        {
            if (!Enum.GetValues<Direction>().Any(direction => saga.Progress.CommandId(reply.Step, direction) == reply.CommandId))
            {
                return new Refuse("forged", "The command id is not one that the saga sent.");
            }

            HistoryBounds.Record(
                saga,
                new HistoryEntry(
                    HistoryTypes.ReplyIgnored,
                    reply.Step,
                    Attempt: reply.Attempt,
                    Code: reply.GetType().Name,
                    Reason: "The saga has ended, and its plan version is gone."
                ),
                limits
            );
            saga.Changed = true;
        }

        return null;
    }

    private void Carry(SagaInstance saga, Decision decision, IEnumerator<SagaCommand> commands, TurnWork work, OpenSaga? open)
    {
        switch (decision)
        {
            case SendCommand command:
                commands.MoveNext();
                sender.Send(work.Unit, commands.Current, saga, command, open);
                break;
            case SendEnquiry enquiry:
                sender.Send(work.Unit, saga, enquiry);
                break;
            case RegisterCompensation:
                // The step's start order in the progress, which is written with the command, is the registration (rule S1).
                break;
            case Record record:
                HistoryBounds.Record(saga, record.Entry, limits);
                break;
            case PublishEvent outcome:
                SagaEventPublisher.Publish(work.Unit, saga, outcome);
                break;
            case var result when SagaResults.Is(result):
                // They have all been carried out: the commands were made from them.
                break;
            default:
                throw new InvalidOperationException(
                    $"The decision {decision.GetType().Name} is new here. Teach {nameof(SagaEngine)} to carry it out."
                );
        }
    }
}
