using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Participants.Fencing;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>What can happen in one step of a run.</summary>
internal sealed class Actions(World world)
{
    private static readonly Boundary[] Faults = [.. Enum.GetValues<Boundary>().Where(boundary => boundary != Boundary.None)];
    private static readonly Boundary[] SweepFaults = [Boundary.None, Boundary.None, Boundary.PublishLost, Boundary.ConfirmLost];

    public void Take(Happening happening)
    {
        var choices = world.Choices;
        switch (happening)
        {
            case Happening.Deliver when world.Broker.Count > 0:
                Deliver(choices.Below(world.Broker.Count), Boundary.None);
                break;
            case Happening.DeliverWithFault when world.Broker.Count > 0:
                Deliver(choices.Below(world.Broker.Count), Faults[choices.Below(Faults.Length)]);
                break;
            case Happening.Sweep when world.Outbox.Count > 0:
                var boundary = SweepFaults[choices.Below(SweepFaults.Length)];
                world.Coverage.Sweep(boundary);
                world.Tell($"sweep ({boundary})");
                world.Handling.Sweep(choices.Below(world.Outbox.Count), boundary);
                break;
            case Happening.FireTimer:
                FireTimer(times: 1);
                break;
            case Happening.FireTimerTwice:
                FireTimer(times: 2);
                break;
            case Happening.FireTimerEarly when world.Row.NextTimer is { } timer:
                Fire(timer.Name, times: 1);
                break;
            case Happening.FireTimerEarly when world.Row is { Pause: not null, DeadlineAt: not null }:
                Fire(SagaTimer.Deadline, times: 1);
                break;
            case Happening.FireOldTimer when world.OldTimers.Count > 0:
                Fire(world.OldTimers[choices.Below(world.OldTimers.Count)], times: 1);
                break;
            case Happening.Duplicate when world.Broker.Count > 0:
                world.Broker.Add(world.Broker[choices.Below(world.Broker.Count)]);
                break;
            case Happening.CopyUnderAnotherId when world.Sent.Count > 0:
                CopyUnderAnotherId(world.Sent[choices.Below(world.Sent.Count)]);
                break;
            case Happening.DeadLetter when world.Broker.Count > 0:
                Move(world.Broker, world.Dead, choices.Below(world.Broker.Count));
                break;
            case Happening.Redrive when world.Dead.Count > 0:
                Move(world.Dead, world.Broker, choices.Below(world.Dead.Count));
                break;
            case Happening.ExpireInboxRow when world.Inbox.Count > 0:
                world.Inbox.Remove(world.Inbox.ElementAt(choices.Below(world.Inbox.Count)));
                break;
            case Happening.FinishDeferredWork:
                FinishDeferred();
                break;
            case Happening.Heartbeat:
                Heartbeat();
                break;
            case Happening.Signal:
                Signal(declined: choices.OneIn(4));
                break;
            case Happening.SignalAgain when world.Signals.Count > 0:
                Send(world.Signals[choices.Below(world.Signals.Count)]);
                break;
            case Happening.Operate:
                for (var times = choices.Below(4); times >= 0; times--)
                {
                    Operate();
                }

                break;
            case Happening.Cancel when choices.OneIn(3):
                world.Tell("cancel");
                world.Handling.Apply(new Cancel("who", "why"));
                break;
            case Happening.Pause:
                PauseOrResume();
                break;
            case Happening.Extend:
                for (var times = choices.Below(4); times >= 0; times--)
                {
                    Extend();
                }

                Rearm();

                break;
            case Happening.Forge:
                for (var times = choices.Below(6); times >= 0; times--)
                {
                    Forge();
                }

                break;
            case Happening.BusyUndoing:
                world.IsBusyUndoing = !world.IsBusyUndoing;
                break;
            case Happening.PlanFails:
                world.CommandFailure =
                    choices.Below(3) == 0
                        ? null
                        : (choices.Below(world.Plan.Steps.Length), choices.OneIn(2) ? Direction.Undo : Direction.Do);
                break;
            case Happening.Absence:
                BeAbsent(choices.Below(world.Plan.Steps.Length), choices.Below(6));
                break;
            case Happening.Deploy:
                world.Deployed = true;
                break;
            default:
                GoOn();
                break;
        }
    }

    // In two of six draws the participant is back.
    private void BeAbsent(int step, int drawn)
    {
        world.Absences[step] = drawn switch
        {
            1 => AbsenceKind.Away,
            2 => AbsenceKind.Stopped,
            3 => AbsenceKind.Probed,
            4 => AbsenceKind.Silent,
            _ => null,
        };
        world.Tell($"the participant of step {step} is {world.Absences[step]?.ToString() ?? "back"}");
    }

    // What was drawn is not possible now: the system goes on by itself.
    private void GoOn()
    {
        if (world.Outbox.Count > 0)
        {
            world.Handling.Sweep(world.Choices.Below(world.Outbox.Count), Boundary.None);
        }
        else if (world.Broker.Count > 0)
        {
            Deliver(world.Choices.Below(world.Broker.Count), Boundary.None);
        }
        else
        {
            FireTimer(times: 1);
        }
    }

    /// <summary>One step without faults. False when there is nothing left to do.</summary>
    public bool TakeCalmly()
    {
        if (world.Outbox.Count > 0)
        {
            world.Handling.Sweep(0, Boundary.None);
        }
        else if (world.Broker.Count > 0)
        {
            Deliver(0, Boundary.None);
        }
        else if (world.Dead.Count > 0)
        {
            Move(world.Dead, world.Broker, 0);
        }
        else if (Array.Exists(world.Deferred, message => message is not null))
        {
            FinishDeferred();
        }
        else
        {
            return !world.Row.HasEnded && LeadOn();
        }

        return true;
    }

    // Only the row says what the saga waits for: a timer, a signal or an operator.
    private bool LeadOn()
    {
        if (world.Row.Pause is not null)
        {
            Rest(isPause: false);
            return true;
        }

        foreach (var step in world.Row.Steps)
        {
            var isSignal = world.Plan.Steps[world.IndexOf(step.Name)].Signal is not null;
            if (step.Wait == Wait.Signal || (step.Wait == Wait.Operator && isSignal))
            {
                Signal(declined: false);
                return true;
            }

            if (step.Wait == Wait.Operator)
            {
                world.Tell($"operator retries {step.Name}");
                world.Handling.Apply(new RetryNow(step.Name, "who", "why"));
                return true;
            }
        }

        if (world.Row.NextTimer is null)
        {
            throw new Violation("S26", $"the saga is {world.Row.State} and waits for nothing");
        }

        FireTimer(times: 1);
        return true;
    }

    private void Deliver(int index, Boundary boundary)
    {
        if (world.IsKept(world.Broker[index].Message))
        {
            FireTimer(times: 1);
            return;
        }

        if (world.IsSwallowed(world.Broker[index].Message))
        {
            world.Tell($"{world.Broker[index].Message} is swallowed");
            // As far as the orchestrator can do anything about it.
            world.Broker[index].Message.Handled = true;
            world.Broker.RemoveAt(index);
            return;
        }

        if (world.Story is not null)
        {
            var delivery = world.Broker[index];
            world.Tell(
                $"deliver {delivery.Message}{(delivery.Redelivered ? " (again)" : string.Empty)}{(boundary == Boundary.None ? string.Empty : $" with {boundary}")}"
            );
        }

        var turns = world.RowVersion;
        world.Handling.Deliver(index, boundary);
        // Now and then another replica reads the row, and acts on it later.
        if (world.RowVersion != turns && world.Choices.Below(3) == 0)
        {
            (world.StaleRow, world.StaleVersion) = (world.Row, world.RowVersion);
        }
    }

    private void FireTimer(int times)
    {
        if (world.Row.NextTimer is { } timer)
        {
            world.Now = timer.DueAt > world.Now ? timer.DueAt : world.Now;
            Fire(timer.Name, times);
        }
    }

    private void Fire(string name, int times)
    {
        world.Tell($"timer {name} fires{(times == 1 ? string.Empty : " twice")}");
        for (var time = 0; time < times; time++)
        {
            world.Broker.Add(
                new Delivery(new Message(world.NewId(), MessageKind.Input) { Input = new TimerFired(name) }, Redelivered: false)
            );
        }
    }

    private static void Move(List<Delivery> from, List<Delivery> to, int index)
    {
        to.Add(from[index]);
        from.RemoveAt(index);
    }

    private void CopyUnderAnotherId(Message message)
    {
        // Operators who settled a step themselves have taken care that no copy of its command is left, and make none until it is fenced.
        if (
            message.Kind != MessageKind.Do
            || !world.SettledByOperator[message.Step]
            || world.Fences[message.Step].Undo == EffectState.Completed
        )
        {
            world.Broker.Add(new Delivery(message.UnderAnotherId(world.NewId()), Redelivered: false));
        }
    }

    private void FinishDeferred()
    {
        var step = Array.FindIndex(world.Deferred, message => message is not null);
        if (step >= 0)
        {
            world.Tell($"the deferred work of step {step} is through");
            world.Handling.FinishDeferred(step);
        }
    }

    private void Heartbeat()
    {
        var step = Array.FindIndex(world.Deferred, message => message is not null);
        if (step >= 0)
        {
            world.Broker.Add(new Delivery(world.Participants.Heartbeat(step), Redelivered: false));
        }
    }

    private void Signal(bool declined)
    {
        var signal = new SignalReceived(world.NewId(), "go", declined ? "declined" : null, declined ? "No." : null);
        world.Signals.Add(signal);
        Send(signal);
    }

    private void Send(SignalReceived signal) =>
        world.Broker.Add(new Delivery(new Message(world.NewId(), MessageKind.Input) { Input = signal }, Redelivered: false));

    // An operator who looks before saying how a step turned out. Everything else an operator may try at any time.
    private void Operate()
    {
        var index = world.Choices.Below(world.Plan.Steps.Length);
        var stuck = world.IndexOfStuck();
        index = stuck >= 0 && world.Choices.Below(2) == 1 ? stuck : index;
        var step = world.Row.Steps[index];
        OperatorInput action = world.Choices.Below(4) switch
        {
            0 => new RetryNow(step.Name, "who", "why"),
            1 => new SkipCompensation(step.Name, "who", "why"),
            2 => new ResolveAsDone(step.Name, "who", "why"),
            _ => new ResolveAsNotDone(step.Name, "who", "why"),
        };
        var isTrue = (action, step.State) switch
        {
            (ResolveAsDone or ResolveAsNotDone, _) when step.Wait != Wait.Operator => true,
            (ResolveAsDone, StepState.Compensating) => IsOver(index) && !world.Rules.HasEffect(index),
            (ResolveAsDone, _) => world.Plan.Steps[index].Signal is not null || world.Rules.HasEffect(index),
            (ResolveAsNotDone, StepState.Compensating) => IsOver(index) && !world.Rules.WasDone(index),
            (ResolveAsNotDone, _) => !world.Rules.WasDone(index),
            _ => true,
        };
        if (isTrue)
        {
            world.Tell($"operator: {action.GetType().Name} {step.Name}");
            world.SettledByOperator[index] |=
                step is { Wait: Wait.Operator, State: StepState.Compensating } && action is ResolveAsDone or ResolveAsNotDone;
            world.Handling.Apply(action);
        }
    }

    // One that is paused is resumed, and the other way round. Now and then an operator has not looked.
    private void PauseOrResume()
    {
        if (world.Choices.OneIn(4))
        {
            Rest(world.Choices.OneIn(2));
        }
        else
        {
            Rest(world.Row.Pause is null);
        }
    }

    private void Rest(bool isPause)
    {
        world.Tell(isPause ? "operator pauses" : "operator resumes");
        world.Handling.Apply(isPause ? new PauseSaga("who", "why") : new ResumeSaga("who", "why"));
    }

    private void Extend()
    {
        var index = world.Choices.Below(world.Plan.Steps.Length + 1);
        var step = index == world.Plan.Steps.Length ? null : world.Plan.Steps[index].Name;
        world.Tell($"operator extends {step ?? "the deadline"}");
        world.Handling.Apply(new ExtendDeadline(step, world.Now.AddMinutes(world.Choices.Below(120)), "who", "why"));
    }

    private void Rearm()
    {
        var step = world.Plan.Steps[world.Choices.Below(world.Plan.Steps.Length)].Name;
        world.Tell($"the auditor makes the timer of {step} due");
        world.Handling.Apply(new Rearm(step, "who", "why"));
    }

    // The participant refuses the step's command from now on, or there is no copy of it left.
    private bool IsOver(int step) =>
        world.Fences[step].Undo == EffectState.Completed
        || (
            world.Deferred[step] is null
            && !world.Outbox.Exists(message => message.Kind == MessageKind.Do && message.Step == step)
            && !world.Broker.Exists(delivery => delivery.Message.Kind == MessageKind.Do && delivery.Message.Step == step)
            && !world.Dead.Exists(delivery => delivery.Message.Kind == MessageKind.Do && delivery.Message.Step == step)
        );

    // A reply that nobody was asked for, or that says nothing: whoever sends it, it must not count.
    private void Forge()
    {
        var index = world.Choices.Below(world.Plan.Steps.Length);
        var step = world.Row.Steps[index];
        var execute = world.Row.CommandId(step.Name, Direction.Do);
        var undo = world.Row.CommandId(step.Name, Direction.Undo);
        if (world.Choices.OneIn(9))
        {
            world.Handling.Apply(new TimerFired($"{step.Name}/do/9/reply"));
            return;
        }

        ReplyInput reply = world.Choices.Below(9) switch
        {
            0 => new StepFaulted(step.Name, execute, step.Attempt, "forged", "forged"),
            1 => new StepProgressed(step.Name, execute, step.Attempt),
            2 => new CompensationFailed(step.Name, undo, step.UndoAttempt, "forged", "forged"),
            3 => new StepProgressed(step.Name, undo, step.UndoAttempt),
            4 => new StepSucceeded(step.Name, execute, step.Attempt),
            5 => new StepRejected(step.Name, execute, step.Attempt, "forged", "forged"),
            6 => new StepNotDone(step.Name, execute, step.Attempt),
            7 => new ResultRefused(step.Name, execute, step.Attempt, "forged"),
            _ => new CompensationSucceeded(step.Name, undo, step.UndoAttempt),
        };
        var counts = reply switch
        {
            StepSucceeded => step.State == StepState.Executing,
            ResultRefused => step.State == StepState.Executing && !world.Rules.HasEffect(index),
            StepRejected => step.State == StepState.Executing && step.Wait != Wait.Retry,
            StepNotDone => step is { State: StepState.Executing, Enquiries: > 0 },
            CompensationSucceeded => step.State == StepState.Compensating,
            _ => false,
        };
        switch (world.Choices.Below(6))
        {
            case 4:
                (reply, counts) = (reply with { CommandId = world.NewId() }, false);
                break;
            case 5:
                (reply, counts) = (reply with { From = "stranger" }, false);
                break;
        }

        if (!counts || world.Plan.Steps[index].Signal is not null)
        {
            world.Tell($"forged {reply}");
            world.Handling.Apply(reply);
        }
    }
}
