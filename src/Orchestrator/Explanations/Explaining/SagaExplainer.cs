using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>
/// Explains one saga. It has no rules: what a timer will do, what would be undone and what a move would do are found by asking the decider
/// (rule S13), so that an explanation cannot differ from what happens.
/// </summary>
public static class SagaExplainer
{
    /// <summary>Explains it. Pure: nothing is done, asked or waited for.</summary>
    /// <param name="facts">What is known of the saga.</param>
    public static SagaExplanation Explain(SagaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var progress = facts.Progress;
        var past = new Past(facts.History);
        var whatIf = facts.WhatIf ?? Hypotheses.Of(facts.Plan);
        var undone = EndParts.Undone(facts);
        var explained = new SagaExplanation
        {
            SagaId = progress.SagaId,
            Type = facts.Plan.Type,
            PlanVersion = facts.Plan.Version,
            BusinessKey = facts.BusinessKey,
            State = progress.State,
            Now = facts.Now,
            StartedAt = facts.StartedAt,
            EndedAt = facts.EndedAt,
            TraceId = facts.TraceId,
            Sentences = [],
            WaitsFor = WaitParts.Of(facts, past),
            Timers = TimerParts.Of(facts, whatIf),
            ForwardError = progress.ForwardFailure,
            CompensationError = progress.CompensationFailure,
            Steps = StepParts.Of(facts, past, undone.Steps),
            IfItFailedNow = undone,
            LatestEnd = EndParts.Latest(facts),
            Moves = MoveParts.Of(facts, whatIf),
            Verdict = VerdictParts.Of(facts, past),
        };
        return explained with { Sentences = Telling.Of(facts, explained) };
    }

    /// <summary>A saga's next timer, and what it will do; null when none is armed.</summary>
    /// <param name="facts">What is known of the saga.</param>
    public static TimerExplanation? NextTimer(SagaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var next = TimerParts.Of(facts, facts.WhatIf ?? Hypotheses.Of(facts.Plan)).FirstOrDefault();
        return next is not null && facts.MarkedValues.Sentence() is { } values
            ? next with
            {
                Sentence = $"{next.Sentence} {values}",
            }
            : next;
    }
}
