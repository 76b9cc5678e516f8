using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Chaos.Checks.Replay;

/// <summary>
/// Puts a stored history through the decider again: each turn's first entry tells what came in, and the decider must answer with the
/// entries that are stored, and arrive at the progress that is stored. Pure.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>The first difference between what is stored and what follows from the inputs; null when there is none.</summary>
    public static string? Difference(PlanDefinition plan, SagaProgress stored, IReadOnlyList<HistoryTurn> turns)
    {
        if (turns is not [{ Entries: [{ Type: HistoryTypes.SagaStarted }, ..] } first, ..])
        {
            return "the history does not begin with the start";
        }

        return new Search(plan, stored, turns).From(SagaProgress.New(stored.SagaId, stored.CommandKey, plan, first.At), at: 0);
    }

    // Where a turn may have gone two ways, both are followed; what both lead to is followed once.
    private sealed class Search(PlanDefinition plan, SagaProgress stored, IReadOnlyList<HistoryTurn> turns)
    {
        private readonly HashSet<(int At, string Progress)> followed = [];

        public string? From(SagaProgress progress, int at)
        {
            if (at == turns.Count)
            {
                return Text(progress) == Text(stored) ? null : $"the history leads to {Text(progress)}, but stored is {Text(stored)}";
            }

            var turn = turns[at];
            var told = at == 0 ? [.. turn.Entries.Skip(1)] : turn.Entries;
            if (told.Count == 0 || IsFromAnotherVersion(told[0]))
            {
                return From(progress, at + 1);
            }

            if (InputOf(progress, told[0]) is not { } input)
            {
                return $"{Text(told[0])} cannot have come first";
            }

            if (!MayBeProbe(progress, told[0]))
            {
                return After(progress, at, told, input, isProbe: false);
            }

            if (!followed.Add((at, Text(progress))))
            {
                return $"what follows {input} differs";
            }

            var difference = After(progress, at, told, input, isProbe: false);
            return difference is null || After(progress, at, told, input, isProbe: true) is null ? null : difference;
        }

        private string? After(SagaProgress progress, int at, IReadOnlyList<HistoryEntry> told, SagaInput input, bool isProbe)
        {
            var decided = SagaDecider.Decide(plan, progress, input, Around(plan, progress, turns[at].At, told, isProbe));
            var (expected, replayed) = (Text(told), Text([.. decided.Decisions.OfType<Record>().Select(record => record.Entry)]));
            return expected == replayed ? From(decided.Progress, at + 1) : $"{input} is followed by {replayed}, but stored is {expected}";
        }
    }

    // A retry that fell due while its participant could be probed looks like any other. What timed out before it is forgiven, so the pauses
    // after it are shorter.
    private static bool MayBeProbe(SagaProgress before, HistoryEntry entry) =>
        entry.Type is HistoryTypes.StepRetried or HistoryTypes.CompensationRetried
        && before.Find(entry.Step!) is { Wait: Wait.Retry, Absence: null };

    // A node without the plan cannot ask the decider what it thinks of a reply to a saga that has ended.
    private static bool IsFromAnotherVersion(HistoryEntry entry) => entry is { Type: HistoryTypes.ReplyIgnored, Direction: null };

    // Delays are replayed at their shortest, so that no timer comes before its time.
    private static DecisionContext Around(
        PlanDefinition plan,
        SagaProgress before,
        DateTimeOffset now,
        IReadOnlyList<HistoryEntry> told,
        bool isProbe
    ) =>
        new(
            now,
            Jitter: 0,
            (step, _) => !told.Any(entry => entry.Type == HistoryTypes.StepSkipped && entry.Step == step),
            UndoLater: told.Any(entry => entry.Type == HistoryTypes.CompensationQueued),
            CommandFailure: (step, direction) =>
                told.FirstOrDefault(entry => entry.Code == Failure.PlanFailed && entry.Step == step && entry.Direction == direction)
                    is { } parked
                    ? new Failure(step, parked.Code!, parked.Reason!)
                    : null,
            AbsenceOf: participant =>
                told.Where(entry => entry.Step is { } step && plan.Find(step)?.Participant == participant)
                    .Select(entry => isProbe && entry == told[0] ? AbsenceKind.Probed : KindOf(before, entry, isFirst: entry == told[0]))
                    .FirstOrDefault(kind => kind is not null)
                    is { } found
                    ? new Absence(found, now, "told")
                    : null
        );

    // A command that is sent again although its reply was waited for is a probe, and so is a question that was asked.
    private static AbsenceKind? KindOf(SagaProgress before, HistoryEntry entry, bool isFirst) =>
        (entry.Type, before.Find(entry.Step!)?.Wait) switch
        {
            (HistoryTypes.ParticipantAway, _) => AbsenceKind.Away,
            (HistoryTypes.ParticipantSilent, _) => AbsenceKind.Silent,
            (HistoryTypes.SendingStopped, _) => AbsenceKind.Stopped,
            (HistoryTypes.StepRetried or HistoryTypes.CompensationRetried, Wait.Reply) when isFirst => AbsenceKind.Probed,
            (HistoryTypes.StepEnquired, Wait.Enquiry) when isFirst => AbsenceKind.Probed,
            // What is held is sent without a word when it may probe.
            (
                HistoryTypes.StepStarted
                    or HistoryTypes.StepRetried
                    or HistoryTypes.CompensationStarted
                    or HistoryTypes.CompensationRetried,
                Wait.Retry
            ) when isFirst && before.Find(entry.Step!)?.Absence is not null => AbsenceKind.Probed,
            _ => null,
        };

    private static SagaInput? InputOf(SagaProgress progress, HistoryEntry entry)
    {
        var (step, attempt) = (entry.Step ?? string.Empty, entry.Attempt ?? 0);
        Guid Command(Direction direction) => progress.CommandId(step, direction);
        return entry.Type switch
        {
            HistoryTypes.StepStarted or HistoryTypes.StepSkipped when progress.State == SagaState.Started => new Begin(),
            HistoryTypes.StepCompleted or HistoryTypes.LateSuccess => new StepSucceeded(step, Command(Direction.Do), attempt),
            HistoryTypes.StepRejected => new StepRejected(step, Command(Direction.Do), attempt, entry.Code!, entry.Reason!),
            HistoryTypes.StepFaulted => new StepFaulted(step, Command(Direction.Do), attempt, entry.Code!, entry.Reason!),
            HistoryTypes.StepNotDone => new StepNotDone(step, Command(Direction.Do), attempt),
            HistoryTypes.StepProgressed => new StepProgressed(step, Command(entry.Direction!.Value), attempt) { Note = entry.Reason },
            HistoryTypes.CompensationCompleted => new CompensationSucceeded(step, Command(Direction.Undo), attempt)
            {
                NothingToUndo = entry.Code is not null,
            },
            HistoryTypes.CompensationFailed => new CompensationFailed(step, Command(Direction.Undo), attempt, entry.Code!, entry.Reason!),
            HistoryTypes.StepTimedOut
            or HistoryTypes.CompensationTimedOut
            or HistoryTypes.StepRetried
            or HistoryTypes.CompensationRetried
            or HistoryTypes.CompensationStarted
            or HistoryTypes.StepStarted
            or HistoryTypes.StepEnquired
            or HistoryTypes.ParticipantAway
            or HistoryTypes.ParticipantSilent
            or HistoryTypes.ParticipantBack
            or HistoryTypes.SendingStopped when progress.Find(step)?.Timer is { } timer => new TimerFired(timer.Name),
            HistoryTypes.OperatorPaused => new PauseSaga(entry.By!, entry.Reason!),
            HistoryTypes.OperatorResumed => new ResumeSaga(entry.By!, entry.Reason!),
            HistoryTypes.OperatorExtended => new ExtendDeadline(entry.Step, entry.DueAt!.Value, entry.By!, entry.Reason!),
            HistoryTypes.OperatorRearmed => new Rearm(step, entry.By!, entry.Reason!),
            HistoryTypes.OperatorRetried => new RetryNow(step, entry.By!, entry.Reason!),
            HistoryTypes.ReplyIgnored => Ignored(
                entry,
                step,
                attempt,
                entry.Reason!.Contains("command id", StringComparison.Ordinal) ? Guid.Empty : Command(entry.Direction!.Value)
            ),
            _ => null,
        };
    }

    private static SagaInput? Ignored(HistoryEntry entry, string step, int attempt, Guid command) =>
        entry.Code switch
        {
            nameof(StepSucceeded) => new StepSucceeded(step, command, attempt),
            nameof(StepRejected) => new StepRejected(step, command, attempt, string.Empty, string.Empty),
            nameof(StepFaulted) => new StepFaulted(step, command, attempt, string.Empty, string.Empty),
            nameof(StepNotDone) => new StepNotDone(step, command, attempt),
            nameof(StepProgressed) => new StepProgressed(step, command, attempt),
            nameof(CompensationSucceeded) => new CompensationSucceeded(step, command, attempt),
            nameof(CompensationFailed) => new CompensationFailed(step, command, attempt, string.Empty, string.Empty),
            _ => null,
        };

    private static string Text(IReadOnlyList<HistoryEntry> entries) => $"[{string.Join(", ", entries.Select(Text))}]";

    private static string Text(HistoryEntry entry) => $"{entry.Type} {entry.Step} {entry.Direction} {entry.Attempt} {entry.Code}".TrimEnd();

    // Without times: jitter is not stored.
    private static string Text(SagaProgress progress) =>
        $"{progress.State}, {progress.ForwardFailure?.Step} {progress.ForwardFailure?.Code}, {progress.CompensationFailure?.Step} "
        + $"{progress.CompensationFailure?.Code}, undone {string.Join(' ', progress.Compensated)}: "
        + $"{string.Join("; ", progress.Steps.Select(Text))}";

    private static string Text(StepProgress step) =>
        $"{step.Name} {step.State} {step.StartOrder} {step.Attempt} {step.UndoAttempt} {step.Enquiries} {step.Forgiven} {step.Wait}";
}
