using System.Collections.Immutable;
using System.Globalization;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Explanations.Plans;

/// <summary>What one version of a plan says otherwise than another.</summary>
public static class PlanDifferences
{
    private const string Always = "always";
    private const string Conditional = "when its condition holds";

    /// <summary>Compares plans with their columns.</summary>
    public static ImmutableArray<PlanDifference> Between(Plan before, Plan after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. Between(before.Definition, after.Definition), .. OfColumns(before.Columns, after.Columns)];
    }

    /// <summary>Compares what the decider knows: what is about the plan first, then step by step.</summary>
    public static ImmutableArray<PlanDifference> Between(PlanDefinition before, PlanDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return
        [
            .. Differ(null, "deadline", Text(before.Deadline), Text(after.Deadline)),
            .. Differ(null, "order", Order(before, after), Order(after, before), isStructure: true),
            .. before.Steps.Where(step => after.Find(step.Name) is null).Select(step => OfStep(step.Name, Named(step), after: null)),
            .. after.Steps.SelectMany(step =>
                before.Find(step.Name) is { } former ? OfSteps(former, step) : [OfStep(step.Name, before: null, Named(step))]
            ),
        ];
    }

    private static PlanDifference OfStep(string name, string? before, string? after) => new(name, "step", before, after, IsStructure: true);

    private static IEnumerable<PlanDifference> OfSteps(StepDefinition before, StepDefinition after) =>
        [
            .. Differ(after.Name, "stage", Text(before.Stage), Text(after.Stage), isStructure: true),
            .. Differ(after.Name, "kind", before.Kind.ToString(), after.Kind.ToString(), isStructure: true),
            .. Differ(after.Name, "participant", Participant(before), Participant(after), isStructure: true),
            .. Differ(after.Name, "signal", before.Signal, after.Signal, isStructure: true),
            .. Differ(after.Name, "runs", Runs(before), Runs(after), isStructure: true),
            .. Differ(after.Name, "timeout", Text(before.Timeout), Text(after.Timeout)),
            .. Differ(after.Name, "retry", Text(before.Retry), Text(after.Retry)),
            .. Differ(after.Name, "compensationRetry", Text(before.CompensationRetry), Text(after.CompensationRetry)),
            .. Differ(after.Name, "afterUnknown", before.AfterUnknown.ToString(), after.AfterUnknown.ToString()),
        ];

    private static IEnumerable<PlanDifference> OfColumns(IReadOnlyList<BusinessColumn> before, IReadOnlyList<BusinessColumn> after)
    {
        var names = before.Concat(after).Select(column => column.Name).Distinct(StringComparer.Ordinal);
        return names.SelectMany(name =>
            Differ(
                null,
                "column",
                Text(before.FirstOrDefault(column => column.Name == name)),
                Text(after.FirstOrDefault(column => column.Name == name))
            )
        );
    }

    private static IEnumerable<PlanDifference> Differ(string? step, string what, string? before, string? after, bool isStructure = false)
    {
        if (before != after)
        {
            yield return new PlanDifference(step, what, before, after, isStructure);
        }
    }

    // The steps that both have: an added one moves no other.
    private static string Order(PlanDefinition plan, PlanDefinition other) =>
        string.Join(", ", plan.Steps.Select(step => step.Name).Where(name => other.Find(name) is not null));

    private static string Named(StepDefinition step) =>
        step.Signal is { } signal ? $"{step.Kind}, waits for {signal}" : $"{step.Kind}, at {step.Participant}";

    private static string? Participant(StepDefinition step) => step.Participant.Length == 0 ? null : step.Participant;

    private static string Runs(StepDefinition step) => step.Conditional ? Conditional : Always;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(TimeSpan? time) =>
        time is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s") : null;

    private static string Text(RetryPolicy policy)
    {
        var delays =
            $"{Text(policy.FirstDelay)} to {Text(policy.MaximumDelay)}, times {policy.Factor.ToString(CultureInfo.InvariantCulture)}";
        var attempts = policy.Attempts == 1 ? "1 attempt" : $"{Text(policy.Attempts)} attempts, {delays}";
        return policy.NotRetryable.IsEmpty ? attempts : $"{attempts}, not after {string.Join(", ", policy.NotRetryable)}";
    }

    private static string? Text(BusinessColumn? column) =>
        column is null
            ? null
            : $"{column.Name}: {column.Kind}{(column.IsIndexed ? ", indexed" : string.Empty)}"
                + (column.CurrencyColumn is { } currency ? $", in {currency}" : string.Empty);
}
