namespace SagaOrchestrator.Http.Problems;

/// <summary>
/// Why an operator's action is not possible: 409, with the code that the decider refuses with as its name. Nothing was changed.
/// </summary>
internal static class ActionProblems
{
    private const string Title = "The action is not possible.";

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        Of("not-stuck", "The step neither waits for an operator nor is backed off. Read the saga: it may have gone on by itself."),
        Of("unknown-step", "Name a step of the saga, as its status does."),
        Of("not-a-compensation", "The step is not being undone. Retry it, or resolve it as done or as not done."),
        Of("pivot-underway", "Wait for the pivot's outcome, or resolve it if the saga is parked."),
        Of("after-pivot", "The saga goes forward only. Retry the step, or resolve it as done."),
        Of("completed", "The saga is Completed. Start another one that takes its effect back."),
        Of("ended", "The saga has ended, and no build that knows its plan version is here. Nothing can be done to it."),
        Of("result-needed", "Give the result that the participant would have answered, as later steps need it."),
        Of("invalid-result", "Give the result that the participant would have answered, as the plan declares it."),
        Of(
            "limit-exceeded",
            "The saga keeps as much as 'detail' allows. Send a smaller document with a reference, or wait until a step has used a signal."
        ),
        Of("plan-failed", "Deploy a build whose plan can make the command for this saga, and try again."),
    ];

    /// <summary>The kind that a refusal of the decider is.</summary>
    public static ProblemType OfCode(string code) => All.FirstOrDefault(type => type.Name == code) ?? Of(code, "See 'detail'.");

    private static ProblemType Of(string code, string nextMove) => new(code, StatusCodes.Status409Conflict, Title, nextMove);
}
