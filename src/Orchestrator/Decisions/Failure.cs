namespace SagaOrchestrator.Decisions;

/// <summary>What went wrong, at which step.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Code">A stable word for programs, for example <c>insufficient_stock</c> or <c>timeout</c>.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record Failure(string Step, string Code, string Reason)
{
    /// <summary>The code of a step that nobody answered in time, or whose signal did not come.</summary>
    public const string Timeout = "timeout";

    /// <summary>The code of a saga whose deadline passed.</summary>
    public const string Deadline = "deadline";

    /// <summary>The code of a saga that was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The code of a step whose command the plan could not make, or whose condition it could not tell.</summary>
    public const string PlanFailed = "plan_failed";

    /// <summary>The code of a step that an enquiry, or an operator, found not done.</summary>
    public const string NotDone = "not_done";
}
