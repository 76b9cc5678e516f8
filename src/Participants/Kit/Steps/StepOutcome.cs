namespace SagaOrchestrator.Participants.Steps;

/// <summary>How the execution of a step ended, as the participant knows it.</summary>
public abstract record StepOutcome
{
    private StepOutcome() { }

    /// <summary>For steps that have nothing to wait for.</summary>
    public static implicit operator Task<StepOutcome>(StepOutcome outcome) => Task.FromResult(outcome);

    /// <summary>The effect is in this transaction.</summary>
    /// <param name="Result">A record with what later steps need; null where there is nothing.</param>
    public sealed record Completed(object? Result = null) : StepOutcome;

    /// <summary>Nothing happened, and nothing will. The answer is final: a duplicate gets it again.</summary>
    /// <param name="Code">A stable word.</param>
    /// <param name="Reason">A sentence.</param>
    public sealed record Rejected(string Code, string Reason) : StepOutcome;

    /// <summary>Nobody knows. The orchestrator tries again with the same command id, or undoes the step.</summary>
    /// <param name="Code">A stable word.</param>
    /// <param name="Reason">A sentence.</param>
    public sealed record Faulted(string Code, string Reason) : StepOutcome;

    /// <summary>
    /// Accepted; the answer comes later, through <see cref="DeferredReplies"/>. For work that takes hours: what is written here keeps the
    /// command, and heartbeats keep the step from timing out. A duplicate of the command is answered with a heartbeat.
    /// </summary>
    public sealed record Deferred : StepOutcome;

    /// <summary>No reply is sent; the step's timeout decides.</summary>
    public sealed record NoAnswer : StepOutcome;
}

/// <summary>How undoing a step ended.</summary>
public abstract record UndoOutcome
{
    private UndoOutcome() { }

    /// <summary>For steps that have nothing to wait for.</summary>
    public static implicit operator Task<UndoOutcome>(UndoOutcome outcome) => Task.FromResult(outcome);

    /// <summary>The effect is gone, in this transaction.</summary>
    public sealed record Completed : UndoOutcome;

    /// <summary>It is not gone (for certain). The orchestrator tries again, and parks the saga in the end.</summary>
    /// <param name="Code">A stable word.</param>
    /// <param name="Reason">A sentence.</param>
    public sealed record Failed(string Code, string Reason) : UndoOutcome;
}
