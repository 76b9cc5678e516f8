namespace SagaOrchestrator.Fuzz.Reporting;

/// <summary>One thing that must hold.</summary>
/// <param name="What">What.</param>
/// <param name="Holds">Whether it does.</param>
/// <param name="Detail">By numbers.</param>
/// <param name="Failures">What does not, a line each.</param>
internal sealed record VerdictLine(string What, bool Holds, string Detail, IReadOnlyList<string> Failures)
{
    public static VerdictLine None(string what, IReadOnlyList<string> failures, string detail) =>
        new(what, failures.Count == 0, failures.Count == 0 ? detail : $"{failures.Count} failures; {detail}", failures);
}
