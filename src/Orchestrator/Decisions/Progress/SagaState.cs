namespace SagaOrchestrator.Decisions.Progress;

/// <summary>Where a saga stands.</summary>
public enum SagaState
{
    /// <summary>Accepted and stored; no step has begun.</summary>
    Started,

    /// <summary>Steps are being executed; or one has failed and the others of its stage are still to answer (rule S4).</summary>
    Pending,

    /// <summary>A step failed; effects are being undone in reverse order of start.</summary>
    Compensating,

    /// <summary>Every step completed. An end.</summary>
    Completed,

    /// <summary>Everything is undone. An end.</summary>
    Failed,

    /// <summary>A step or a compensation is stuck and an operator must act. Not an end.</summary>
    Parked,
}
