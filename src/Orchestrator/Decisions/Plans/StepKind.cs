namespace SagaOrchestrator.Decisions.Plans;

/// <summary>
/// What a step's failure means for the saga. A plan is compensatable steps, at most one pivot, retriable steps (rule S20).
/// </summary>
public enum StepKind
{
    /// <summary>It has an effect that a compensation takes back.</summary>
    Compensatable,

    /// <summary>It has no effect that would have to be taken back, for example a check or a wait for a signal.</summary>
    NoEffect,

    /// <summary>The point of no return: when it completes, the saga goes forward only. Alone in its stage.</summary>
    Pivot,

    /// <summary>It comes after the pivot and is tried until it completes, or until an operator must help (rule S21).</summary>
    Retriable,
}
