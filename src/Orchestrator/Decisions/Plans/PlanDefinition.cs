using System.Collections.Immutable;

namespace SagaOrchestrator.Decisions.Plans;

/// <summary>The ordered steps of one kind of saga, as the decider sees them.</summary>
public sealed record PlanDefinition
{
    /// <summary>Makes a plan, or throws an <see cref="ImpossiblePlanException"/> that lists every finding by step.</summary>
    /// <param name="type">The saga's type, for example <c>order-fulfillment</c>.</param>
    /// <param name="version">1 or more. A saga stays on the version that it started with (rule S32).</param>
    /// <param name="steps">In the order of their stages.</param>
    /// <param name="deadline">How long after its start the saga gives up and compensates (rule S16); null for never.</param>
    public PlanDefinition(string type, int version, IEnumerable<StepDefinition> steps, TimeSpan? deadline = null)
    {
        Type = type;
        Version = version;
        Steps = [.. steps];
        Deadline = deadline;
        var findings = PlanFindings.In(this);
        if (findings.Count > 0)
        {
            throw new ImpossiblePlanException(type, version, findings, nameof(steps));
        }
    }

    /// <summary>The saga's type.</summary>
    public string Type { get; }

    /// <summary>The plan's version.</summary>
    public int Version { get; }

    /// <summary>The steps in the order of their stages.</summary>
    public ImmutableArray<StepDefinition> Steps { get; }

    /// <summary>How long a saga may take before it gives up; null for any time.</summary>
    public TimeSpan? Deadline { get; }

    /// <summary>
    /// The plan's structure in words: what a running saga depends on. Two plans with the same fingerprint can run each other's
    /// sagas. Times and budgets are left out, because they may be tuned while sagas run (rule S32).
    /// </summary>
    public string Fingerprint =>
        string.Join(
            " | ",
            Steps.Select(step =>
                string.Join(
                    ' ',
                    step.Stage,
                    step.Name,
                    step.Kind,
                    step.Signal is null ? "at " + step.Participant : "signal " + step.Signal,
                    step.Conditional ? "conditional" : "always"
                )
            )
        );

    /// <summary>The step of that name, or null.</summary>
    public StepDefinition? Find(string name) => Steps.FirstOrDefault(step => step.Name == name);
}
