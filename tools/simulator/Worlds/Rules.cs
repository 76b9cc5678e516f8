using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Simulator.Plans;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>What must hold after every step of a run. It keeps books of its own and trusts neither the decider's nor the fence's.</summary>
internal sealed class Rules(World world)
{
    private readonly int[] done = new int[RandomPlan.MostSteps];
    private readonly int[] undone = new int[RandomPlan.MostSteps];
    private readonly int[] startOrder = new int[RandomPlan.MostSteps];
    private readonly bool[] registered = new bool[RandomPlan.MostSteps];
    private readonly int[] sentDo = new int[RandomPlan.MostSteps];
    private readonly int[] latestDo = new int[RandomPlan.MostSteps];
    private readonly int[] sentUndo = new int[RandomPlan.MostSteps];
    private readonly int[] grantedDo = new int[RandomPlan.MostSteps];
    private readonly int[] grantedUndo = new int[RandomPlan.MostSteps];
    private readonly int[] lostDo = new int[RandomPlan.MostSteps];
    private readonly int[] lostUndo = new int[RandomPlan.MostSteps];
    private readonly int[] unanswered = new int[RandomPlan.MostSteps];
    private readonly int[] sentUndoSinceGrant = new int[RandomPlan.MostSteps];
    private readonly HashSet<(string, long)> fired = [];
    private readonly HashSet<Guid> usedSignals = [];
    private int started;
    private int ends;

    public void Begin()
    {
        Array.Clear(done);
        Array.Clear(undone);
        Array.Clear(startOrder);
        Array.Clear(registered);
        Array.Clear(sentDo);
        Array.Clear(latestDo);
        Array.Clear(sentUndo);
        Array.Clear(grantedDo);
        Array.Clear(grantedUndo);
        Array.Clear(lostDo);
        Array.Clear(lostUndo);
        Array.Clear(unanswered);
        Array.Clear(sentUndoSinceGrant);
        fired.Clear();
        usedSignals.Clear();
        (started, ends) = (0, 0);
    }

    /// <summary>Whether the step's effect is there, as the world sees it.</summary>
    public bool HasEffect(int step) => done[step] > undone[step];

    public bool WasDone(int step) => done[step] > 0;

    public void AfterEffect(Message message, Unit unit)
    {
        var step = unit.Step;
        if (unit.DoesEffect)
        {
            Require(
                undone[step] == 0 && (world.Fences[step].Undo == EffectState.None || world.Plant != Plants.Plant.None),
                "S8",
                $"step {step} was done after its compensation"
            );
            Require(++done[step] == 1, "S24", $"step {step} was done twice");
            Require(message.Attempt <= latestDo[step], "S28", $"step {step} was done although its command was never committed");
            var mayStay = world.Plan.Steps[step].Kind == StepKind.NoEffect || world.Row.Steps[step].State == StepState.CompensationSkipped;
            Require(world.Row.State != SagaState.Failed || mayStay, "S8", $"step {step} was done after the saga had failed");
        }

        if (unit.UndoesEffect)
        {
            Require(++undone[step] == 1, "S24", $"step {step} was undone twice");
            Require(sentUndo[step] > 0, "S28", $"step {step} was undone although its compensation was never committed");
        }
    }

    public void AfterTurn(SagaProgress before, SagaInput input, Decided decided)
    {
        var after = decided.Progress;
        Require(!before.HasEnded || after.State == before.State, "S30", $"the saga was {before.State} and became {after.State}");
        Timer(before, input);
        Rests(before, input, decided);
        var objection = OutageRule.Objection(world, before, input, SubjectOf(input), decided);
        Require(objection is null, "S38", objection ?? string.Empty);
        for (var step = 0; step < world.Plan.Steps.Length; step++)
        {
            Moved(before, after, input, step);
        }

        if (SubjectOf(input) is >= 0 and var subject && subject < world.Plan.Steps.Length)
        {
            Answers(before, input, decided, subject);
            GivesUp(before, after, decided, subject);
        }

        foreach (var decision in decided.Decisions)
        {
            switch (decision)
            {
                case RegisterCompensation compensation:
                    registered[world.IndexOf(compensation.Step)] = true;
                    break;
                case SendCommand { Direction: Direction.Do } command:
                    Executes(world.IndexOf(command.Step), command.Attempt, before, input);
                    break;
                case SendCommand command:
                    Undoes(world.IndexOf(command.Step), before, after, input);
                    break;
                case TakeSignal take:
                    Require(
                        usedSignals.Add(take.SignalId) && usedSignals.Count <= world.Signals.DistinctBy(signal => signal.SignalId).Count(),
                        "S24",
                        "a signal counted twice"
                    );
                    break;
                case PublishEvent { State: SagaState.Completed or SagaState.Failed }:
                    Require(++ends == 1, "S30", "the saga ended twice");
                    break;
                case PublishEvent parked:
                    Parked(parked.Failure!, after);
                    break;
                case Record { Entry: { Type: HistoryTypes.OperatorRetried, Step: { } step, Direction: var direction } }:
                    // Ending a backoff grants nothing new.
                    var index = world.IndexOf(step);
                    if (before.Steps[index].Wait != Wait.Operator)
                    {
                        break;
                    }

                    (direction == Direction.Undo ? grantedUndo : grantedDo)[index]++;
                    unanswered[index] = 0;
                    sentUndoSinceGrant[index] = direction == Direction.Undo ? 0 : sentUndoSinceGrant[index];
                    break;
            }
        }
    }

    private static void Rests(SagaProgress before, SagaInput input, Decided decided)
    {
        if (before.Pause is null || input is ResumeSaga)
        {
            return;
        }

        var isSending = decided.Decisions.Any(decision => decision is SendCommand or SendEnquiry);
        Require(!isSending, "S42", "something was sent while the saga was paused");
        Require(input is not TimerFired || ReferenceEquals(decided.Progress, before), "S42", "a timer acted while the saga was paused");
    }

    // Attempts that timed out in a row are lost, not spent, once an outage is found.
    private void Answers(SagaProgress before, SagaInput input, Decided decided, int step)
    {
        if (OutageRule.IsFound(world, before, input, step))
        {
            (before.Steps[step].State == StepState.Compensating ? lostUndo : lostDo)[step] += unanswered[step];
            unanswered[step] = 0;
        }

        foreach (
            var type in decided
                .Decisions.OfType<Record>()
                .Where(record => record.Entry.Step == world.Plan.Steps[step].Name)
                .Select(record => record.Entry.Type)
        )
        {
            unanswered[step] = type switch
            {
                HistoryTypes.StepTimedOut or HistoryTypes.CompensationTimedOut when before.Steps[step].Wait == Wait.Reply => unanswered[
                    step
                ] + 1,
                HistoryTypes.StepFaulted or HistoryTypes.StepRejected or HistoryTypes.StepProgressed or HistoryTypes.CompensationFailed =>
                    0,
                HistoryTypes.CompensationStarted => 0,
                _ => unanswered[step],
            };
        }
    }

    // Whoever gives a step up for silence has asked as often as the plan says, besides what was lost to outages.
    private void GivesUp(SagaProgress before, SagaProgress after, Decided decided, int step)
    {
        var planned = world.Plan.Steps[step];
        var timedOut = decided.Decisions.Any(decision => decision is Record { Entry.Type: HistoryTypes.StepTimedOut });
        var isGivenUp =
            before.Steps[step].Wait == Wait.Reply
            && (after.Steps[step].State == StepState.Unknown || after.Steps[step].Wait == Wait.Operator);
        if (timedOut && isGivenUp && planned.AfterUnknown == AfterUnknown.Retry && before.ForwardFailure is null && grantedDo[step] == 0)
        {
            Require(
                sentDo[step] >= planned.Retry.Attempts + lostDo[step],
                "S38",
                $"step {step} was given up after {sentDo[step]} attempts, {lostDo[step]} of them lost to an outage"
            );
        }
    }

    /// <summary>Everything is at rest: nothing may be lost, and the effects must be what the end says.</summary>
    public void AtRest()
    {
        foreach (var message in world.Sent)
        {
            Require(message.Handled, "S28", $"a committed message was lost: {message}");
        }

        Require(world.SubscriberKnows, "S28", "nobody was told of the saga's end");
        for (var step = 0; step < world.Plan.Steps.Length; step++)
        {
            var planned = world.Plan.Steps[step];
            var state = world.Row.Steps[step].State;
            if (planned.Signal is not null || planned.Kind == StepKind.NoEffect || state == StepState.CompensationSkipped)
            {
                continue;
            }

            var expected = world.Row.State == SagaState.Completed && state == StepState.Completed;
            Require(
                expected == HasEffect(step),
                expected ? "S24" : "S6",
                $"the saga is {world.Row.State}, and step {step}, which is {state}, was done {done[step]} times and undone {undone[step]} "
                    + $"times"
            );
        }
    }

    private static void Require(bool holds, string rule, string what)
    {
        if (!holds)
        {
            throw new Violation(rule, what);
        }
    }

    // Only a timer that the row had armed, and that was due, may do anything; and each time that it was armed only once.
    private void Timer(SagaProgress before, SagaInput input)
    {
        if (input is Rearm rearm && before.Steps.FirstOrDefault(step => step.Name == rearm.Step)?.Timer is { } armed)
        {
            // It is armed once more, for a time at which it may have fired before.
            fired.Remove((armed.Name, world.Now.Ticks));
        }

        if (input is not TimerFired timer)
        {
            return;
        }

        DateTimeOffset? due = timer.Timer switch
        {
            SagaTimer.Begin => before.BeginDueAt,
            SagaTimer.Deadline => before.DeadlineAt,
            var name => before.Steps.FirstOrDefault(step => step.Timer?.Name == name)?.DueAt,
        };
        Require(due is not null, "S9", $"the timer '{timer.Timer}' was stale and did something");
        Require(due <= world.Now, "S35", $"the timer '{timer.Timer}' fired before it was due");
        Require(fired.Add((timer.Timer, due!.Value.Ticks)), "S9", $"the timer '{timer.Timer}' did something twice");
    }

    private void Moved(SagaProgress before, SagaProgress after, SagaInput input, int step)
    {
        var (from, to) = (before.Steps[step], after.Steps[step]);
        if (from.State == to.State)
        {
            return;
        }

        startOrder[step] = from.State == StepState.Planned ? ++started : startOrder[step];
        var legal = from.State switch
        {
            StepState.Planned => to.State is StepState.Executing or StepState.Skipped or StepState.Completed or StepState.Rejected
                || (to.State is StepState.Unknown or StepState.Compensating && IsKeptFromSending(before, step)),
            StepState.Executing => to.State is StepState.Completed or StepState.Rejected or StepState.Unknown or StepState.Compensating
                || (to.State == StepState.Skipped && (from.Wait == Wait.Signal || IsUnsentPivot(from, step))),
            StepState.Completed or StepState.Unknown => to.State == StepState.Compensating,
            StepState.Compensating => to.State is StepState.Compensated or StepState.CompensationSkipped
                || (to.State == StepState.Rejected && input is ResolveAsNotDone),
            _ => false,
        };
        Require(legal, "S11", $"step {step} went from {from.State} to {to.State} by {input.GetType().Name}");
        var planned = world.Plan.Steps[step];
        if (planned.Signal is not null)
        {
            return;
        }

        switch (to.State)
        {
            case StepState.Completed:
                Require(HasEffect(step), "S10", $"step {step} counts as completed, and its effect is not there");
                break;
            case StepState.Rejected or StepState.Compensated when planned.Kind != StepKind.NoEffect:
                Require(!HasEffect(step), "S5", $"step {step} counts as {to.State}, and its effect is there");
                break;
            case StepState.Unknown or StepState.Compensating when from is { State: StepState.Executing, Wait: Wait.Reply }:
                Require(
                    SubjectOf(input) == step || (input as ResolveAsDone)?.Step == planned.Name,
                    "S4",
                    $"step {step} was given up although it had neither answered nor timed out"
                );
                break;
        }
    }

    // A step that starts and can send nothing may be given up by the same decision.
    // Nobody was sent it, so it is none.
    private bool IsUnsentPivot(StepProgress from, int step) =>
        world.Plan.Steps[step].Kind == StepKind.Pivot && from is { Attempt: 1, Wait: Wait.Retry };

    private bool IsKeptFromSending(SagaProgress before, int step) =>
        before.Pause is not null || world.CommandFailure == (step, Direction.Do) || world.Absences[step] == AbsenceKind.Stopped;

    private int SubjectOf(SagaInput input) =>
        input switch
        {
            ReplyInput reply => world.IndexOf(reply.Step),
            TimerFired { Timer: var name } when name.Contains('/', StringComparison.Ordinal) => world.IndexOf(
                name[..name.IndexOf('/', StringComparison.Ordinal)]
            ),
            _ => -1,
        };

    private void Executes(int step, int attempt, SagaProgress before, SagaInput input)
    {
        var planned = world.Plan.Steps[step];
        latestDo[step] = attempt;
        Require(
            planned.Kind != StepKind.Compensatable || registered[step],
            "S1",
            $"step {step} was sent before its compensation was registered"
        );
        Require(before.ForwardFailure is null, "S4", $"step {step} was sent although the saga had failed");
        sentDo[step] += OutageRule.IsFree(world, before, input, step) ? 0 : 1;
        Require(
            sentDo[step] <= (planned.Retry.Attempts * (1 + grantedDo[step])) + lostDo[step],
            "S19",
            $"step {step} was sent {sentDo[step]} times"
        );
    }

    private void Undoes(int step, SagaProgress before, SagaProgress after, SagaInput input)
    {
        var planned = world.Plan.Steps[step];
        var counted = OutageRule.IsFree(world, before, input, step) ? 0 : 1;
        sentUndo[step] += counted;
        sentUndoSinceGrant[step] += counted;
        Require(
            sentUndo[step] <= (planned.CompensationRetry.Attempts * (1 + grantedUndo[step])) + lostUndo[step],
            "S19",
            $"the compensation of step {step} was sent {sentUndo[step]} times"
        );
        for (var other = 0; other < world.Plan.Steps.Length; other++)
        {
            var state = after.Steps[other].State;
            var isOpen = state is StepState.Completed or StepState.Unknown && world.Plan.Steps[other].Kind == StepKind.Compensatable;
            Require(
                startOrder[other] <= startOrder[step] || !isOpen,
                "S3",
                $"step {step} was undone before step {other}, which started after it"
            );
            Require(other == step || state != StepState.Compensating, "S3", $"steps {step} and {other} were undone at once");
            Require(state != StepState.Executing, "S4", $"step {step} was undone while step {other} was running");
            Require(
                world.Plan.Steps[other].Kind != StepKind.Pivot
                    || (state is not (StepState.Executing or StepState.Completed or StepState.Unknown) && !HasEffect(other)),
                "S22",
                $"step {step} was undone, and the pivot {other} is {state}"
            );
        }
    }

    private void Parked(Failure failure, SagaProgress after)
    {
        var step = world.IndexOf(failure.Step);
        if (after.Steps[step].State == StepState.Compensating && failure.Code != Failure.PlanFailed)
        {
            Require(
                sentUndoSinceGrant[step] >= world.Plan.Steps[step].CompensationRetry.Attempts
                    || world.Plan.Steps[step].CompensationRetry.NotRetryable.Contains(failure.Code),
                "S19",
                $"the saga was parked after {sentUndoSinceGrant[step]} attempts to undo step {step}"
            );
        }
    }
}
