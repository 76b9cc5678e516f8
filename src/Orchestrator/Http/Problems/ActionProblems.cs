namespace SagaOrchestrator.Http.Problems;

/// <summary>
/// Why an operator's action is not possible: 409 or 412, with the code that it is refused with as its name. Nothing was changed.
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
        Of("ended", "The saga has ended. Nothing can be done to it."),
        Of("paused", "Resume the saga first, or cancel it."),
        Of("not-paused", "The saga goes on already. Nothing was changed."),
        Of("not-waiting", "The step waits for no answer and no signal. Name one that does, or leave the step out for the saga's deadline."),
        Of("too-far", "Name a time within a hundred years."),
        Of("not-later", "Name a later time. To end the saga sooner, cancel it."),
        Of("no-deadline", "Nothing ends the saga for its age. Name a step that waits, or leave it."),
        Of("settling", "The saga has failed. The step is given the time that it has, then it is undone."),
        Of("too-late", "The saga is undone, or has ended, and its deadline decides nothing any more."),
        Of("result-needed", "Give the result that the participant would have answered, as later steps need it."),
        Of("invalid-result", "Give the result that the participant would have answered, as the plan declares it."),
        Of(
            "limit-exceeded",
            "The saga keeps as much as 'detail' allows. Send a smaller document with a reference, or wait until a step has used a signal."
        ),
        Of("plan-failed", "Deploy a build whose plan can make the command for this saga, and try again."),
        new(
            "saga-changed",
            StatusCodes.Status412PreconditionFailed,
            "The saga has changed since it was read.",
            "Read the saga again, and decide on what is there. Nothing was done."
        ),
    ];

    /// <summary>The kind that a refusal is.</summary>
    public static ProblemType OfCode(string code) => All.FirstOrDefault(type => type.Name == code) ?? Of(code, "See 'detail'.");

    private static ProblemType Of(string code, string nextMove) => new(code, StatusCodes.Status409Conflict, Title, nextMove);
}
