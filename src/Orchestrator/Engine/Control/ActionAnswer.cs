using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Engine.Control;

/// <summary>What became of an operator's action, or of a signal. Other than <see cref="Done"/>, nothing was changed.</summary>
public abstract record ActionAnswer
{
    private ActionAnswer() { }

    /// <summary>It is done, and durable.</summary>
    /// <param name="Saga">The saga after it.</param>
    public sealed record Done(SagaSnapshot Saga) : ActionAnswer;

    /// <summary>It is not possible as the saga stands.</summary>
    /// <param name="Code">A stable word for programs, for example <c>after-pivot</c>.</param>
    /// <param name="Reason">Why, and the next move, for people.</param>
    public sealed record Refused(string Code, string Reason) : ActionAnswer;

    /// <summary>There is no such saga.</summary>
    public sealed record UnknownSaga : ActionAnswer;

    /// <summary>The saga's plan waits for no signal of this name.</summary>
    /// <param name="SagaType">The plan's name.</param>
    /// <param name="Known">The signals that it waits for.</param>
    public sealed record UnknownSignal(string SagaType, IReadOnlyList<string> Known) : ActionAnswer;

    /// <summary>The given result, or the signal's data, is not what the plan declares.</summary>
    /// <param name="Refusal">Which value, and what was expected.</param>
    public sealed record Invalid(Refusal Refusal) : ActionAnswer;
}
