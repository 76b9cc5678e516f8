using System.Collections.Immutable;

namespace SagaOrchestrator.Decisions.Plans;

/// <summary>The ordered steps of one kind of saga, as the decider sees them: names, timeouts and retry policies.</summary>
public sealed record SagaPlan
{
    /// <summary>Makes a plan, or throws an <see cref="ArgumentException"/> that lists every finding by step.</summary>
    /// <param name="type">The saga's type, for example <c>order-fulfillment</c>.</param>
    /// <param name="version">1 or more. A saga stays on the version that it started with (rule S32).</param>
    /// <param name="steps">In the order in which they start.</param>
    public SagaPlan(string type, int version, IEnumerable<SagaStep> steps)
    {
        Type = type;
        Version = version;
        Steps = [.. steps];
        var findings = PlanFindings.In(this);
        if (findings.Count > 0)
        {
            throw new ArgumentException(
                $"The plan '{type}' version {version} cannot be used:{Environment.NewLine}" +
                string.Join(Environment.NewLine, findings.Select((finding, index) => $"{index + 1}. {finding}")),
                nameof(steps));
        }
    }

    /// <summary>The saga's type.</summary>
    public string Type { get; }

    /// <summary>The plan's version.</summary>
    public int Version { get; }

    /// <summary>The steps in the order in which they start.</summary>
    public ImmutableArray<SagaStep> Steps { get; }

    /// <summary>The step of that name, or null.</summary>
    public SagaStep? Find(string name) => Steps.FirstOrDefault(step => step.Name == name);
}
