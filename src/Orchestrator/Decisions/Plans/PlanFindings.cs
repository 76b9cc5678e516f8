namespace SagaOrchestrator.Decisions.Plans;

internal static class PlanFindings
{
    public static IReadOnlyList<string> In(SagaPlan plan)
    {
        var findings = new List<string>();
        if (string.IsNullOrWhiteSpace(plan.Type))
        {
            findings.Add("The plan has no type. Give it a name such as 'order-fulfillment'.");
        }

        if (plan.Version < 1)
        {
            findings.Add("The version must be 1 or more.");
        }

        if (plan.Steps.IsEmpty)
        {
            findings.Add("The plan has no steps. Add at least one.");
        }

        findings.AddRange(plan.Steps
            .GroupBy(step => step.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"Step '{group.Key}' occurs {group.Count()} times. Step names are unique in a plan."));
        findings.AddRange(plan.Steps.SelectMany(OfStep));
        return findings;
    }

    private static IEnumerable<string> OfStep(SagaStep step)
    {
        if (string.IsNullOrWhiteSpace(step.Participant))
        {
            yield return $"Step '{step.Name}' names no participant. Say .At(\"queue\").";
        }

        if (step.Timeout <= TimeSpan.Zero)
        {
            yield return $"Step '{step.Name}' has no timeout. Say .Within(...): a step that nobody answers must end.";
        }

        if (!step.Compensatable)
        {
            yield return $"Step '{step.Name}' has no compensation. Say .UndoneBy(...): what it did must be undone when a later step fails.";
        }

        if (step.Retry.Attempts < 1 || step.CompensationRetry.Attempts < 1)
        {
            yield return $"Step '{step.Name}' has a retry policy without attempts. The first attempt counts as one.";
        }
    }
}
