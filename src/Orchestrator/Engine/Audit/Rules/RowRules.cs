using System.Globalization;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>What a saga's row may not contradict: its document, from which the engine decides. Pure.</summary>
internal static class RowRules
{
    // A claim puts the next look off for half a minute.
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);

    // Nodes fire what is due for five seconds; what comes to nothing is fired again after half a minute.
    private static readonly TimeSpan LongOverdue = TimeSpan.FromMinutes(5);

    // The columns keep microseconds.
    private static readonly TimeSpan Same = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<Finding> Of(AuditedSaga saga, PlanDefinition? plan)
    {
        if (saga.Progress is not { } progress)
        {
            yield return Found(
                saga,
                FindingKinds.DocumentUnreadable,
                "The document of its progress cannot be read, so nothing can be decided for it.",
                Repair.None
            );
            yield break;
        }

        if (Timer(saga, progress) is { } timer)
        {
            yield return timer;
        }

        if (saga.State != progress.State.ToString())
        {
            yield return Found(saga, FindingKinds.StateContradicts, $"The column state says {saga.State}, the document {progress.State}.");
        }

        if (progress.HasEnded != saga.EndedAt is not null)
        {
            yield return Found(
                saga,
                FindingKinds.EndContradicts,
                $"The column ended_at is {Words(saga.EndedAt)}, and the document says {progress.State}."
            );
        }

        if (plan is not null && UndoingOf(progress, plan) != saga.Undoing)
        {
            yield return Found(
                saga,
                FindingKinds.UndoingContradicts,
                $"The column undoing names {saga.Undoing ?? "nobody"}, the document {UndoingOf(progress, plan) ?? "nobody"}. It bounds how "
                    + "many compensations a participant has in flight."
            );
        }

        if (saga.LastEntry != saga.HistoryVersion)
        {
            yield return Found(
                saga,
                FindingKinds.HistoryGap,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The row counts {saga.HistoryVersion} entries of its history; the last one is number {saga.LastEntry ?? 0}."
                ),
                Repair.None
            );
        }
    }

    /// <summary>The participant that undoes something for the saga now; null for none.</summary>
    public static string? UndoingOf(SagaProgress progress, PlanDefinition plan) =>
        progress.Steps.FirstOrDefault(step => step is { State: StepState.Compensating, Wait: Wait.Reply }) is { } step
            ? plan.Find(step.Name)?.Participant
            : null;

    private static Finding? Timer(AuditedSaga saga, SagaProgress progress) =>
        (progress.NextTimer, saga.WakeAt) switch
        {
            (null, null) => null,
            (null, { } armed) => Found(
                saga,
                FindingKinds.TimerWrong,
                $"A timer is armed for {saga.WakeFor} at {Words(armed)}, and by its document the saga waits for none."
            ),
            ({ } next, null) => Found(
                saga,
                FindingKinds.TimerMissing,
                $"No timer is armed, and by its document the saga waits for {next.Name} at {Words(next.DueAt)}."
            ),
            ({ } next, { } armed) when (next.DueAt - armed).Duration() >= Same || next.Name != saga.WakeFor => Found(
                saga,
                FindingKinds.TimerWrong,
                $"A timer is armed for {saga.WakeFor} at {Words(armed)}, and by its document the saga waits for {next.Name} at "
                    + $"{Words(next.DueAt)}."
            ),
            (_, { } armed) => Looked(saga, armed),
        };

    private static Finding? Looked(AuditedSaga saga, DateTimeOffset armed)
    {
        var latest = (armed > saga.Now ? armed : saga.Now) + LongestLook;
        if (saga.WakeCheckAt is not { } look || look > latest)
        {
            return Found(
                saga,
                FindingKinds.TimerUnseen,
                $"Its timer is due at {Words(armed)}, and when to look at the row is {Words(saga.WakeCheckAt)}."
            );
        }

        return armed < saga.Now - LongOverdue
            ? Found(
                saga,
                FindingKinds.TimerOverdue,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its timer {saga.WakeFor} is due since {Words(armed)}, and nothing came of it. See that a node knows version "
                        + $"{saga.PlanVersion} of plan '{saga.Type}', and how long the orchestrator's queue is."
                ),
                Repair.None
            )
            : null;
    }

    private static Finding Found(AuditedSaga saga, string kind, string detail, Repair repair = Repair.Row) =>
        new(kind, saga.Id.ToString(), null, detail, repair);

    private static string Words(DateTimeOffset? time) =>
        time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "empty";
}
