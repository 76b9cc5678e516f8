using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>When a saga has ended, each participant must remember of its step what the saga says of it. Pure.</summary>
internal static class FenceRules
{
    /// <summary>A fence that the settings name cannot be read.</summary>
    public static Finding Unreadable(string participant, string schema, string problem) =>
        new(
            FindingKinds.FenceUnreadable,
            participant,
            null,
            $"The tables fence and waiting_message of the schema {schema} cannot be read with the connection string 'Fences': {problem} "
                + "Grant that role usage on the schema, and select on both."
        );

    /// <summary>Compares a step of a saga that has ended with its participant's fence.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="step">A step that no operator has settled in the participant's place.</param>
    /// <param name="participant">Who executed it.</param>
    /// <param name="fence">What the participant remembers of it.</param>
    public static Finding? Of(AuditedSaga saga, StepProgress step, string participant, FenceRow fence)
    {
        var agrees = step.State switch
        {
            StepState.Completed => fence.HasEffect,
            StepState.Compensated => fence.Undo == "completed",
            StepState.Rejected or StepState.Skipped or StepState.Planned => !fence.HasEffect,
            // An operator gave it up: both may be.
            _ => true,
        };
        return agrees
            ? null
            : new Finding(
                FindingKinds.FenceDisagrees,
                saga.Id.ToString(),
                step.Name,
                $"The saga says that the step is {step.State}, and the fence of '{participant}' {fence}. Find out which is true before "
                    + "anything is changed."
            );
    }
}
