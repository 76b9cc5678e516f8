using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Trying;

namespace SagaOrchestrator.Explanations.Wording;

/// <summary>Decisions in words.</summary>
internal static class Following
{
    /// <summary>
    /// What follows, in the order in which it matters: failing, steps that are settled, what is sent, what is waited for, the end.
    /// </summary>
    public static ImmutableArray<Consequence> Of(PlanDefinition plan, SagaProgress before, Decided decided, DateTimeOffset now)
    {
        ImmutableArray<Consequence> all =
        [
            .. Resting(before, decided.Progress),
            .. Failing(before, decided.Progress),
            .. before.Steps.Zip(decided.Progress.Steps, (was, step) => Settled(was, step, decided)).OfType<Consequence>(),
            .. decided.Decisions.Select(decision => Sent(before, decided.Progress, decision)).OfType<Consequence>(),
            .. before
                .Steps.Zip(decided.Progress.Steps, (was, step) => Waiting(plan.Find(step.Name)!, was, step, decided, now))
                .OfType<Consequence>(),
            .. decided.Decisions.OfType<PublishEvent>().Select(End),
        ];
        return all.IsEmpty ? [new Consequence(ConsequenceKind.Nothing, null, "changes nothing")] : all;
    }

    public static string Text(ImmutableArray<Consequence> consequences) => Words.List(consequences.Select(consequence => consequence.Text));

    private static IEnumerable<Consequence> Resting(SagaProgress before, SagaProgress after)
    {
        if (after.HasEnded)
        {
            yield break;
        }

        if (before.Pause is null && after.Pause is not null)
        {
            yield return new Consequence(ConsequenceKind.Pauses, null, "sends nothing more, and lets no time pass, until it is resumed");
        }

        if (before.Pause is not null && after.Pause is null)
        {
            yield return new Consequence(ConsequenceKind.Resumes, null, "goes on with the time that each wait had left");
        }
        else if (before.DeadlineAt < after.DeadlineAt)
        {
            yield return new Consequence(ConsequenceKind.Extends, null, "gives the saga until the time that you name");
        }
    }

    private static IEnumerable<Consequence> Failing(SagaProgress before, SagaProgress after)
    {
        if (before.ForwardFailure is not null || after.ForwardFailure is not { } failure)
        {
            yield break;
        }

        yield return new Consequence(
            ConsequenceKind.Fails,
            failure.Step.Length == 0 ? null : failure.Step,
            failure.Step.Length == 0 ? $"fails the saga ({failure.Code})" : $"fails the saga at {failure.Step} ({failure.Code})"
        );
        var running = after.Steps.Where(step => step.State == StepState.Executing).Select(step => step.Name).ToArray();
        if (running.Length > 0)
        {
            yield return new Consequence(
                ConsequenceKind.Settles,
                null,
                $"gives {Words.List(running)} the time to answer before anything is undone"
            );
        }
    }

    private static Consequence? Settled(StepProgress was, StepProgress step, Decided decided)
    {
        if (was.State == step.State)
        {
            return null;
        }

        var text = step.State switch
        {
            StepState.Completed when was.Wait == Wait.Signal => $"has {step.Name} done",
            StepState.Completed => $"takes {step.Name} as done",
            StepState.Rejected => $"takes {step.Name} as not done",
            StepState.Unknown => $"gives {step.Name} up, of which nobody knows whether it happened",
            StepState.Compensated => $"takes {step.Name} as undone",
            StepState.CompensationSkipped => $"gives the compensation of {step.Name} up, whose effect may stay",
            StepState.Skipped when decided.Progress.ForwardFailure is null => $"skips {step.Name}",
            _ => null,
        };
        return text is null ? null : new Consequence(ConsequenceKind.Settled, step.Name, text);
    }

    private static Consequence? Sent(SagaProgress before, SagaProgress after, Decision decision) =>
        decision switch
        {
            SendCommand { Direction: Direction.Do } sent => Executes(before.Find(sent.Step)!, sent),
            SendCommand sent => Undoes(before.Find(sent.Step)!, sent),
            SendEnquiry asked => after.Find(asked.Step)!.Wait == Wait.Enquiry
                ? new Consequence(
                    ConsequenceKind.Asks,
                    asked.Step,
                    asked.FenceUnfinished
                        ? $"asks {asked.Participant} to confirm that {asked.Step} did not happen, and to refuse it from now on"
                        : $"asks {asked.Participant} whether {asked.Step} happened (enquiry {Words.Number(asked.Enquiry)})"
                )
                : new Consequence(ConsequenceKind.Fences, asked.Step, $"has {asked.Participant} refuse {asked.Step} from now on"),
            KeepSignal => new Consequence(ConsequenceKind.Keeps, null, "keeps the signal for its step"),
            _ => null,
        };

    private static Consequence Executes(StepProgress was, SendCommand sent) =>
        was.State == StepState.Planned
            ? new Consequence(ConsequenceKind.Starts, sent.Step, $"starts {sent.Step} at {sent.Participant}")
            : new Consequence(
                ConsequenceKind.Sends,
                sent.Step,
                sent.Attempt == 1
                    ? $"sends {sent.Step} to {sent.Participant}"
                    : $"sends {sent.Step} to {sent.Participant} again (attempt {Words.Number(sent.Attempt)})"
            );

    private static Consequence Undoes(StepProgress was, SendCommand sent) =>
        was.State != StepState.Compensating || sent.Attempt == 1
            ? new Consequence(ConsequenceKind.Undoes, sent.Step, $"has {sent.Participant} undo {sent.Step}")
            : new Consequence(
                ConsequenceKind.Sends,
                sent.Step,
                $"sends the compensation of {sent.Step} to {sent.Participant} again (attempt {Words.Number(sent.Attempt)})"
            );

    // What is sent is waited for, which need not be said.
    private static Consequence? Waiting(StepDefinition planned, StepProgress was, StepProgress step, Decided decided, DateTimeOffset now)
    {
        if (
            decided.Decisions.Any(decision => StepOf(decision) == step.Name)
            || was == step
            || step.Timer is null
            || was.DueAt == step.DueAt
        )
        {
            return null;
        }

        var compensation = step.IsUndo() ? $"the compensation of {step.Name}" : step.Name;
        var text = (step.Wait, step.Absence) switch
        {
            (Wait.Signal, _) => $"waits for the signal '{planned.Signal}' ({step.Name})",
            (Wait.Retry or Wait.Enquiry, _) when decided.Progress.Pause is not null => $"keeps {compensation} until the saga is resumed",
            (Wait.Retry, { Kind: AbsenceKind.Stopped }) => $"keeps {compensation} until sending to {planned.Participant} goes on",
            (Wait.Retry, not null) => $"keeps {compensation} until {planned.Participant} is back",
            (Wait.Retry, _) => $"waits {Words.Of(step.DueAt!.Value - now)} and then sends {compensation} to {planned.Participant} again "
                + $"({Words.Attempt(step.CurrentAttempt, null)})",
            (_, { } absence) =>
                $"goes on waiting for {planned.Participant}, because {Words.Away(planned.Participant, absence)}; no attempt is spent",
            _ when was.Absence is not null => $"gives {planned.Participant} its whole time again for {compensation}",
            _ => $"goes on waiting for {compensation}",
        };
        return new Consequence(ConsequenceKind.Waits, step.Name, text);
    }

    private static string? StepOf(Decision decision) =>
        decision switch
        {
            SendCommand sent => sent.Step,
            SendEnquiry asked => asked.Step,
            _ => null,
        };

    private static Consequence End(PublishEvent published) =>
        published.State == SagaState.Parked
            ? new Consequence(
                ConsequenceKind.Parks,
                published.Failure?.Step,
                published.Failure is { } stuck
                    ? $"parks the saga at {stuck.Step} ({stuck.Code}) for an operator"
                    : "parks the saga for an operator"
            )
            : new Consequence(ConsequenceKind.Ends, null, $"ends the saga {published.State}");
}
