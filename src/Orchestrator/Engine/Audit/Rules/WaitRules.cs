using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>A saga that goes on by itself must have what makes it go on. Pure.</summary>
internal static class WaitRules
{
    public static IEnumerable<Finding> Of(AuditedSaga saga)
    {
        if (saga.Progress is not { HasEnded: false } progress || saga.IsHeld)
        {
            yield break;
        }

        if (progress.State == SagaState.Started)
        {
            if (progress.BeginDueAt is null)
            {
                yield return Found(saga, FindingKinds.BeginLost, null, "It was accepted, and nothing makes it begin.", Repair.Begin);
            }

            yield break;
        }

        if (progress.Steps.All(step => step.Wait == Wait.None))
        {
            yield return Found(
                saga,
                FindingKinds.StandsStill,
                null,
                $"It is {progress.State}, and none of its steps waits for anything.",
                Repair.None
            );
        }

        foreach (var step in progress.Steps.Where(step => IsTimed(step.Wait) && step.DueAt is null))
        {
            yield return Found(
                saga,
                FindingKinds.WaitWithoutTimer,
                step.Name,
                $"The step waits ({step.Wait}) and has no timer: without an answer it would wait for ever.",
                Repair.Timer
            );
        }
    }

    // A signal may be waited for without a deadline.
    private static bool IsTimed(Wait wait) => wait is Wait.Reply or Wait.Retry or Wait.Enquiry;

    private static Finding Found(AuditedSaga saga, string kind, string? step, string detail, Repair repair) =>
        new(kind, saga.Id.ToString(), step, detail, repair);
}
