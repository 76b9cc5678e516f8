namespace SagaOrchestrator.Decisions;

/// <summary>What went wrong, at which step.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Code">A stable word for programs, for example <c>insufficient_stock</c> or <c>timeout</c>.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record Failure(string Step, string Code, string Reason)
{
    /// <summary>The code of a step that nobody answered in time.</summary>
    public const string Timeout = "timeout";
}
