namespace SagaOrchestrator.Decisions.Plans;

/// <summary>Everything that makes a plan impossible, in sentences that name the step and the remedy.</summary>
internal static class PlanFindings
{
    public static IReadOnlyList<string> In(PlanDefinition plan) =>
        [.. OfPlan(plan), .. plan.Steps.SelectMany(step => OfStep(plan, step)), .. OfShape(plan)];

    private static IEnumerable<string> OfPlan(PlanDefinition plan)
    {
        if (string.IsNullOrWhiteSpace(plan.Type))
        {
            yield return "The plan has no type. Give it a name such as 'order-fulfillment'.";
        }

        if (plan.Version < 1)
        {
            yield return "The version must be 1 or more.";
        }

        if (plan.Steps.IsEmpty)
        {
            yield return "The plan has no steps. Add at least one.";
        }

        if (plan.Deadline <= TimeSpan.Zero)
        {
            yield return "The deadline must be a time after the start.";
        }

        foreach (var group in plan.Steps.GroupBy(step => step.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"Step '{group.Key}' occurs {group.Count()} times. Step names are unique in a plan.";
        }
    }

    private static IEnumerable<string> OfStep(PlanDefinition plan, StepDefinition step)
    {
        if (string.IsNullOrWhiteSpace(step.Name) || step.Name.Contains('/', StringComparison.Ordinal))
        {
            yield return $"Step '{step.Name}' needs a name without '/', for example 'process_payment'.";
        }

        if (step.Signal is null && string.IsNullOrWhiteSpace(step.Participant))
        {
            yield return $"Step '{step.Name}' names no participant. Say .At(\"queue\").";
        }

        if (step.Signal is null && !step.HasCommand)
        {
            yield return $"Step '{step.Name}' has no command. Say .Do((data, saga) => new ...), or .WaitsFor(signal).";
        }

        if (step.Timeout <= TimeSpan.Zero)
        {
            yield return $"Step '{step.Name}' has no timeout. Say .Within(...): a step that nobody answers must end.";
        }
        else if (plan.Deadline is { } deadline && step.Timeout > deadline)
        {
            yield return $"Step '{step.Name}' waits {step.Timeout}, which is beyond the saga's deadline of {deadline}. Shorten "
                + $".Within(...) or extend the deadline.";
        }

        if (step.Retry.Attempts < 1 || step.CompensationRetry.Attempts < 1)
        {
            yield return $"Step '{step.Name}' has a retry policy without attempts. The first attempt counts as one.";
        }

        if (step is { Signal: not null, Kind: StepKind.Compensatable or StepKind.Pivot })
        {
            yield return $"Step '{step.Name}' waits for a signal and is {step.Kind}. Waiting has no effect: leave it as it is before the "
                + $"pivot, or make it retriable after it.";
        }

        foreach (var finding in OfCompensation(step).Concat(OfUnknown(step)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> OfCompensation(StepDefinition step)
    {
        if (step.Kind == StepKind.Compensatable && !step.HasCompensation)
        {
            yield return $"Step '{step.Name}' has no compensation. Say .UndoneBy(...): what it did must be undone when a later step "
                + $"fails; or .WithoutEffect() when it changes nothing.";
        }

        if (step.Kind != StepKind.Compensatable && step.HasCompensation)
        {
            yield return $"Step '{step.Name}' is {step.Kind} and has a compensation, which would never run. Remove .UndoneBy(...).";
        }

        if (step.CompensationNeeds is { } needs)
        {
            yield return $"Step '{step.Name}' has a compensation that cannot be made without a reply ({needs}). Make it from the saga's "
                + $"data and ids: it also undoes a step whose reply never came.";
        }
    }

    private static IEnumerable<string> OfUnknown(StepDefinition step)
    {
        if (step is { AfterUnknown: AfterUnknown.Compensate, Kind: StepKind.Pivot or StepKind.Retriable })
        {
            yield return $"Step '{step.Name}' is {step.Kind} and cannot be compensated when its outcome is unknown. Let it be "
                + $"retried{(step.Kind == StepKind.Pivot ? " or enquired" : string.Empty)}.";
        }

        if (step.AfterUnknown == AfterUnknown.Enquire && step.Kind == StepKind.Retriable)
        {
            yield return $"Step '{step.Name}' is retriable and cannot be enquired: an enquiry that finds nothing fences the step, so that "
                + $"it could never be done. Let it be retried.";
        }
    }

    private static IEnumerable<string> OfShape(PlanDefinition plan)
    {
        StepDefinition? pivot = null;
        StepDefinition? final = null;
        foreach (var step in plan.Steps)
        {
            if (final is not null && step.Kind is StepKind.Compensatable)
            {
                yield return $"Step '{step.Name}' is compensatable and comes after '{final.Name}', after which nothing is rolled back. "
                    + $"Move it before, or make it retriable.";
            }

            if (final is not null && step.Kind is StepKind.NoEffect)
            {
                yield return $"Step '{step.Name}' may fail and comes after '{final.Name}', after which the saga goes forward only. Move "
                    + $"it before, or make it retriable.";
            }

            if (step.Kind == StepKind.Pivot && final is not null)
            {
                yield return $"Step '{step.Name}' is a pivot and comes after '{final.Name}'. A plan has at most one pivot, before every "
                    + $"retriable step.";
            }

            if (step.Kind == StepKind.Pivot)
            {
                pivot ??= step;
            }

            final ??= step.Kind is StepKind.Pivot or StepKind.Retriable ? step : null;
        }

        if (pivot is not null && plan.Steps.Count(step => step.Stage == pivot.Stage) > 1)
        {
            yield return $"Step '{pivot.Name}' is a pivot and runs in parallel with other steps. Let it run alone: nothing may fail once "
                + $"it has completed.";
        }

        if (final is { Kind: StepKind.Retriable } && plan.Steps.Any(step => step.Stage == final.Stage && step.Kind != StepKind.Retriable))
        {
            yield return $"Step '{final.Name}' is retriable and runs in parallel with steps that may fail. Let it run after them.";
        }
    }
}
