using System.Globalization;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>A command that is awaited must be somewhere: in an outbox, in a queue, or in its participant's fence. Pure.</summary>
internal static class CommandRules
{
    // Nodes fire what is due for five seconds; what comes to nothing is fired again after half a minute.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Commands that may be lost: their steps have waited for longer than they may, and the timer that is armed has not acted. Before that,
    /// a command that is nowhere may be one on which the participant works: no queue counts it, and its fence is written with the effect.
    /// </summary>
    public static IEnumerable<AwaitedCommand> Awaited(AuditedSaga saga, PlanDefinition plan, TimeSpan lostAfter)
    {
        if (saga.Progress is not { HasEnded: false } progress || saga.IsHeld || saga.UpdatedAt > saga.Now - lostAfter)
        {
            yield break;
        }

        foreach (var step in progress.Steps.Where(step => step is { Wait: Wait.Reply, Absence: null } && step.DueAt < saga.Now - Overdue))
        {
            if (plan.Find(step.Name) is { } planned)
            {
                var message = SagaIds.OfMessage(progress.CommandId(step.Name, step.CurrentDirection), step.CurrentAttempt);
                yield return new AwaitedCommand(saga, step, planned, message);
            }
        }
    }

    /// <summary>
    /// Whether it is lost. Its timer is made due only where another attempt, or a question, follows; else the timer that is armed decides.
    /// </summary>
    public static Finding? Of(AwaitedCommand command, Whereabouts where)
    {
        if (where.InOutbox || where.InQueue || where.Waits || where.IsDeadLetter || IsKnown(command.Step, where.Fence))
        {
            return null;
        }

        var (saga, step) = (command.Saga, command.Step);
        return new Finding(
            FindingKinds.CommandLost,
            saga.Id.ToString(),
            step.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Attempt {step.CurrentAttempt} {(step.CurrentDirection == Direction.Do ? "to execute" : "to undo")} the step is in no "
                    + $"outbox and in no queue, and '{command.Planned.Participant}' has not seen it. Its answer was due at "
                    + $"{step.DueAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, and no timer acted."
            ),
            IsTriedAgain(command) ? Repair.Timer : Repair.None
        );
    }

    private static bool IsKnown(StepProgress step, FenceRow fence) =>
        step.CurrentDirection == Direction.Do ? !fence.IsUntouched : fence.Undo != "none";

    private static bool IsTriedAgain(AwaitedCommand command)
    {
        var (step, planned) = (command.Step, command.Planned);
        var spent = step.CurrentAttempt - step.Forgiven;
        if (step.CurrentDirection == Direction.Undo)
        {
            return spent < planned.CompensationRetry.Attempts;
        }

        return command.Saga.Progress!.ForwardFailure is null
            && planned.AfterUnknown switch
            {
                AfterUnknown.Retry => spent < planned.Retry.Attempts,
                AfterUnknown.Enquire => step.Enquiries - step.ForgivenEnquiries < planned.Retry.Attempts,
                _ => false,
            };
    }
}

/// <summary>A command whose answer a saga waits for.</summary>
internal sealed record AwaitedCommand(AuditedSaga Saga, StepProgress Step, StepDefinition Planned, Guid MessageId);

/// <summary>Where a command may be.</summary>
/// <param name="InOutbox">The orchestrator has not sent it yet, as far as anybody can tell.</param>
/// <param name="InQueue">Messages wait in the participant's queue, or the broker does not say.</param>
/// <param name="Waits">The participant keeps it in its table <c>waiting_message</c>.</param>
/// <param name="IsDeadLetter">A message of the saga is a dead letter.</param>
/// <param name="Fence">What the participant remembers of the step.</param>
internal sealed record Whereabouts(bool InOutbox, bool InQueue, bool Waits, bool IsDeadLetter, FenceRow Fence);
