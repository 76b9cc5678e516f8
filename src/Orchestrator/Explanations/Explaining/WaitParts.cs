using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Trying;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>What a saga waits for: it stands in its steps, or it has not begun.</summary>
internal static class WaitParts
{
    public static ImmutableArray<WaitExplanation> Of(SagaFacts facts, Past past) =>
        facts.Progress.Pause is { } pause ? [Paused(facts, pause), .. OfSteps(facts, past)] : OfSteps(facts, past);

    private static WaitExplanation Paused(SagaFacts facts, Pause pause) =>
        new()
        {
            Kind = WaitKind.Resume,
            Since = pause.Since,
            Sentence = Words.Sentence(
                $"paused{Ago(pause.Since, facts.Now)}by {pause.By} ({pause.Reason.TrimEnd('.')}): nothing is sent and no time passes until "
                    + "somebody resumes it"
            ),
        };

    private static ImmutableArray<WaitExplanation> OfSteps(SagaFacts facts, Past past)
    {
        if (facts.Progress.State == SagaState.Started && facts.Progress.BeginDueAt is { } begin)
        {
            return [Begins(facts, begin)];
        }

        return
        [
            .. facts
                .Plan.Steps.Zip(facts.Progress.Steps)
                .Where(pair => pair.Second.Wait != Wait.None)
                .Select(pair => Of(facts, past, pair.First, pair.Second)),
        ];
    }

    private static WaitExplanation Begins(SagaFacts facts, DateTimeOffset due) =>
        new()
        {
            Kind = WaitKind.Begin,
            Since = facts.StartedAt,
            DueAt = facts.Progress.Pause is null ? due : null,
            Sentence = Words.Sentence($"accepted{Ago(facts.StartedAt, facts.Now)}and not begun"),
        };

    private static WaitExplanation Of(SagaFacts facts, Past past, StepDefinition planned, StepProgress step)
    {
        var since = Since(past, planned, step);
        var (attempt, of) = Attempts(facts, planned, step);
        var absence = step.Absence ?? Participant(facts, planned)?.Absence;
        return new WaitExplanation
        {
            Kind = KindOf(step.Wait),
            Step = step.Name,
            Direction = step.CurrentDirection,
            Participant = planned.Signal is null && step.Wait != Wait.Operator ? planned.Participant : null,
            Signal = step.Wait == Wait.Signal ? planned.Signal : null,
            Attempt = attempt,
            OfAttempts = of,
            Since = since,
            DueAt = facts.Progress.Pause is null ? step.DueAt : null,
            Absence = planned.Signal is null ? absence : null,
            Queue = step.Wait is Wait.Reply or Wait.Enquiry ? Queue(facts, planned) : null,
            Because = Cause(facts, step),
            Note = step.Note,
            Sentence = Words.Sentence(
                Phrase(facts, planned, step, since, Words.Attempt(attempt ?? 0, of, step.Wait == Wait.Enquiry ? "enquiry" : "attempt"))
            ),
        };
    }

    private static string Phrase(SagaFacts facts, StepDefinition planned, StepProgress step, DateTimeOffset? since, string attempt)
    {
        var what = step.IsUndo() ? $"undo {step.Name}" : $"answer {step.Name}";
        var compensation = step.IsUndo() ? $"the compensation of {step.Name}" : step.Name;
        return step.Wait switch
        {
            Wait.Reply => $"waiting{For(since, facts.Now)}for {planned.Participant} to {what} ({attempt})",
            Wait.Enquiry => $"waiting{For(since, facts.Now)}for {planned.Participant} to say whether {step.Name} happened ({attempt})",
            Wait.Retry => $"waiting{For(since, facts.Now)}to send {compensation} to {planned.Participant} ({attempt})"
                + After(Cause(facts, step)),
            Wait.Signal => $"waiting{For(since, facts.Now)}for the signal '{planned.Signal}' ({step.Name})",
            _ => $"parked{For(since, facts.Now)}at {compensation}: waiting for an operator" + After(Cause(facts, step)),
        };
    }

    private static string After(Failure? failure) => failure is null ? string.Empty : $", after {Words.Because(failure)}";

    private static string For(DateTimeOffset? since, DateTimeOffset now) => since is { } from ? $" {Words.Of(now - from)} " : " ";

    private static string Ago(DateTimeOffset? since, DateTimeOffset now) => since is { } from ? $" {Words.Of(now - from)} ago " : " ";

    private static WaitKind KindOf(Wait wait) =>
        wait switch
        {
            Wait.Reply => WaitKind.Reply,
            Wait.Retry => WaitKind.Retry,
            Wait.Enquiry => WaitKind.Enquiry,
            Wait.Signal => WaitKind.Signal,
            _ => WaitKind.Operator,
        };

    // What is armed with the step's whole time began that time before, if nobody asked for more.
    private static DateTimeOffset? Since(Past past, StepDefinition planned, StepProgress step) =>
        step.Wait switch
        {
            Wait.Reply => past.SentAt(step.Name, step.CurrentDirection) ?? Armed(planned, step),
            Wait.Enquiry => past.Last(step.Name, null, HistoryTypes.StepEnquired) ?? Armed(planned, step),
            Wait.Signal => past.Last(step.Name, null, HistoryTypes.SignalAwaited) ?? Armed(planned, step),
            Wait.Retry => past.Last(
                step.Name,
                step.CurrentDirection,
                HistoryTypes.RetryScheduled,
                HistoryTypes.SendingStopped,
                HistoryTypes.CompensationQueued
            ),
            _ => past.Last(step.Name, step.CurrentDirection, HistoryTypes.SagaParked),
        };

    private static DateTimeOffset? Armed(StepDefinition planned, StepProgress step) =>
        step.Absence is null && step.Note is null ? step.DueAt - planned.Timeout : null;

    private static (int? Attempt, int? Of) Attempts(SagaFacts facts, StepDefinition planned, StepProgress step)
    {
        if (planned.Signal is not null)
        {
            return (null, null);
        }

        var last = step.Timer is null ? null : Budgets.OfCurrent(facts.Plan, facts.Progress, step.Name, facts.Now);
        return step.Wait == Wait.Enquiry ? (step.Enquiries, last?.Enquiries) : (step.CurrentAttempt, last?.Attempts);
    }

    private static Failure? Cause(SagaFacts facts, StepProgress step) =>
        step.IsUndo() && facts.Progress.CompensationFailure is { } failure && failure.Step == step.Name ? failure
        : step.IsUndo() && step.Wait != Wait.Operator ? null
        : step.Failure;

    private static ParticipantFacts? Participant(SagaFacts facts, StepDefinition planned) =>
        planned.Signal is null ? facts.Participants.GetValueOrDefault(planned.Participant) : null;

    private static QueueExplanation Queue(SagaFacts facts, StepDefinition planned)
    {
        var known = Participant(facts, planned);
        var (messages, consumers) = (known?.Messages, known?.Consumers);
        var readers = consumers switch
        {
            null => "who reads it is not known",
            0 => "nobody reads it",
            { } some => $"{Words.Count(some, "consumer")} read{(some == 1 ? "s" : string.Empty)} it",
        };
        var length = messages is { } waiting ? $"holds {Words.Count(waiting, "message")}" : "is of a length that is not known";
        var fast = known?.MedianAnswer is { } median ? $"; half of its answers come within {Words.Of(median)}" : string.Empty;
        return new QueueExplanation(
            planned.Participant,
            messages,
            consumers,
            $"The queue {planned.Participant} {length}, and {readers}{fast}."
        );
    }
}
