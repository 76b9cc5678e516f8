using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>An outage is not a slow answer (rule S38), as books of its own see it.</summary>
internal static class OutageRule
{
    /// <summary>
    /// Whether what a step's timer sent counts for nothing: a probe, or a command that a silent participant may have lost.
    /// </summary>
    public static bool IsFree(World world, SagaProgress before, SagaInput input, int step) =>
        input is TimerFired
        && before.Steps[step].Wait == Wait.Reply
        && (
            world.Absences[step] == AbsenceKind.Probed
            || (world.Absences[step] is null && before.Steps[step].Absence?.Kind == AbsenceKind.Silent)
        );

    /// <summary>
    /// Whether a step's timer finds its participant in an outage: then the attempts that timed out before it are not spent.
    /// </summary>
    public static bool IsFound(World world, SagaProgress before, SagaInput input, int step) =>
        input is TimerFired { Timer: var timer }
        && (world.Absences[step] ?? before.Steps[step].Absence?.Kind) is AbsenceKind.Away or AbsenceKind.Silent or AbsenceKind.Probed
        && before.Steps[step] is { Wait: not Wait.Signal, Timer: { } armed }
        && armed.Name == timer
        && armed.DueAt <= world.Now;

    /// <summary>What a turn does wrong; null when nothing.</summary>
    public static string? Objection(World world, SagaProgress before, SagaInput input, int subject, Decided decided)
    {
        if (
            input is not OperatorInput
            && Sent(decided).FirstOrDefault(step => world.Absences[world.IndexOf(step)] == AbsenceKind.Stopped) is { } sent
        )
        {
            return $"step {world.IndexOf(sent)} was sent although an operator had stopped that";
        }

        if (
            input is not TimerFired
            || subject < 0
            || world.Plan.Steps[subject].Signal is not null
            || world.Absences[subject] is not { } absence
        )
        {
            return null;
        }

        var (from, to) = (before.Steps[subject], decided.Progress.Steps[subject]);
        if (absence == AbsenceKind.Probed)
        {
            return to.State != from.State && from.Wait != Wait.Retry && world.CommandFailure?.Step != subject
                ? $"step {subject} was given up by a timer while its participant was being probed"
                : null;
        }

        var isSame =
            (to.State, to.Wait, to.Attempt, to.UndoAttempt, to.Enquiries)
            == (from.State, from.Wait, from.Attempt, from.UndoAttempt, from.Enquiries);
        return isSame && !Sent(decided).Any() && decided.Progress.ForwardFailure == before.ForwardFailure
            ? null
            : $"a timer spent an attempt of step {subject}, or gave it up, although its participant was known to be {absence}";
    }

    private static IEnumerable<string> Sent(Decided decided) =>
        decided
            .Decisions.Select(decision =>
                decision switch
                {
                    SendCommand command => command.Step,
                    SendEnquiry enquiry => enquiry.Step,
                    _ => null,
                }
            )
            .OfType<string>();
}
