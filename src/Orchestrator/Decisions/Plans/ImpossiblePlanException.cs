namespace SagaOrchestrator.Decisions.Plans;

/// <summary>A plan is of an impossible shape. The message lists every finding.</summary>
public sealed class ImpossiblePlanException : ArgumentException
{
    internal ImpossiblePlanException(string type, int version, IReadOnlyList<string> findings, string parameter)
        : base(
            $"The plan '{type}' version {version} cannot be used:{Environment.NewLine}"
                + string.Join(Environment.NewLine, findings.Select((finding, index) => $"{index + 1}. {finding}")),
            parameter
        ) => Findings = findings;

    /// <summary>What is wrong, in sentences that name the step and the remedy.</summary>
    public IReadOnlyList<string> Findings { get; }
}
