using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Facts;

namespace SagaOrchestrator.Explanations.Timelines;

/// <summary>What an entry of a history came of.</summary>
public enum CauseKind
{
    /// <summary>Somebody started the saga.</summary>
    Start,

    /// <summary>The saga was told to begin, or began by itself.</summary>
    Begin,

    /// <summary>A participant answered.</summary>
    Reply,

    /// <summary>A timer fired.</summary>
    Timer,

    /// <summary>An operator acted.</summary>
    Operator,

    /// <summary>A signal came.</summary>
    Signal,

    /// <summary>That cannot be told.</summary>
    Unknown,
}

/// <summary>What an entry came of.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="By">The participant, the operator, or the signal; null for others.</param>
/// <param name="MessageId">The message that brought it; null for a request.</param>
public sealed record Cause(CauseKind Kind, string? By, Guid? MessageId);

/// <summary>An entry of a history with its cause.</summary>
/// <param name="Event">The entry.</param>
/// <param name="Cause">What it came of.</param>
public sealed record TimelineEntry(PastEvent Event, Cause Cause);

/// <summary>
/// A history with causes. All that follows one message or request is written together, in the order in which it was decided: so the first
/// entry of such a turn tells what it came of.
/// </summary>
public static class Timeline
{
    /// <summary>Finds the causes.</summary>
    /// <param name="plan">The saga's plan; null when it is not known, so that no participant is named.</param>
    /// <param name="history">Entries in order, from the beginning of a turn.</param>
    public static ImmutableArray<TimelineEntry> Of(PlanDefinition? plan, IReadOnlyList<PastEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var entries = ImmutableArray.CreateBuilder<TimelineEntry>(history.Count);
        Cause? cause = null;
        var hasBegun = history is [{ Version: > 1 }, ..];
        for (var index = 0; index < history.Count; index++)
        {
            var entry = history[index];
            if (cause is null || !IsSameTurn(history[index - 1], entry))
            {
                cause = CauseOf(plan, entry, hasBegun);
            }

            hasBegun |= IsOfASagaThatHasBegun(entry.Entry.Type);

            entries.Add(new TimelineEntry(entry, cause));
        }

        return entries.MoveToImmutable();
    }

    private static bool IsSameTurn(PastEvent before, PastEvent entry) => before.At == entry.At && before.MessageId == entry.MessageId;

    private static Cause CauseOf(PlanDefinition? plan, PastEvent first, bool hasBegun)
    {
        var kind = KindOf(first.Entry.Type, hasBegun);
        var by = kind switch
        {
            CauseKind.Reply => first.Entry.Step is { } step ? plan?.Find(step)?.Participant : null,
            CauseKind.Operator => first.Entry.By,
            CauseKind.Signal => first.Entry.Step is { } step ? plan?.Find(step)?.Signal : first.Entry.Code,
            _ => null,
        };
        return new Cause(kind, string.IsNullOrEmpty(by) ? null : by, first.MessageId);
    }

    // Before it has begun, only signals and stray replies can come.
    private static bool IsOfASagaThatHasBegun(string type) =>
        type is not (HistoryTypes.SagaStarted or HistoryTypes.SignalKept or HistoryTypes.SignalIgnored or HistoryTypes.ReplyIgnored);

    private static CauseKind KindOf(string type, bool hasBegun) =>
        type switch
        {
            HistoryTypes.SagaStarted => CauseKind.Start,
            HistoryTypes.StepCompleted
            or HistoryTypes.ResultRefused
            or HistoryTypes.StepRejected
            or HistoryTypes.StepFaulted
            or HistoryTypes.StepNotDone
            or HistoryTypes.StepProgressed
            or HistoryTypes.CompensationCompleted
            or HistoryTypes.CompensationFailed
            or HistoryTypes.LateSuccess
            or HistoryTypes.ReplyIgnored => CauseKind.Reply,
            HistoryTypes.SignalKept or HistoryTypes.SignalReceived or HistoryTypes.SignalIgnored => CauseKind.Signal,
            HistoryTypes.OperatorRetried
            or HistoryTypes.OperatorSkipped
            or HistoryTypes.OperatorResolvedAsDone
            or HistoryTypes.OperatorResolvedAsNotDone
            or HistoryTypes.OperatorPaused
            or HistoryTypes.OperatorResumed
            or HistoryTypes.OperatorExtended
            or HistoryTypes.OperatorRearmed
            or HistoryTypes.OperatorCancelled => CauseKind.Operator,
            HistoryTypes.StepTimedOut
            or HistoryTypes.CompensationTimedOut
            or HistoryTypes.SignalTimedOut
            or HistoryTypes.DeadlinePassed
            or HistoryTypes.StepRetried
            or HistoryTypes.CompensationRetried
            or HistoryTypes.CompensationStarted
            or HistoryTypes.ParticipantAway
            or HistoryTypes.ParticipantSilent
            or HistoryTypes.ParticipantBack
            or HistoryTypes.StepEnquired => CauseKind.Timer,
            HistoryTypes.StepStarted
            or HistoryTypes.StepSkipped
            or HistoryTypes.SignalAwaited
            or HistoryTypes.SendingStopped
            or HistoryTypes.SagaParked => hasBegun ? CauseKind.Timer : CauseKind.Begin,
            _ => CauseKind.Unknown,
        };
}
