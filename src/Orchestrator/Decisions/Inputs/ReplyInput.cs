namespace SagaOrchestrator.Decisions.Inputs;

/// <summary>A participant answered a command.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="CommandId">Which command is answered.</param>
/// <param name="Attempt">Which attempt is answered.</param>
public abstract record ReplyInput(string Step, Guid CommandId, int Attempt) : SagaInput
{
    /// <summary>Who sent it, as the broker says; null when the broker does not say (rule S37).</summary>
    public string? From { get; init; }
}

/// <summary>The step's effect is there.</summary>
public sealed record StepSucceeded(string Step, Guid CommandId, int Attempt) : ReplyInput(Step, CommandId, Attempt);

/// <summary>The step's effect is there, but its result is not what the plan declares: no later step could use it (rule S39).</summary>
/// <param name="Step">The step's name.</param>
/// <param name="CommandId">Which command is answered.</param>
/// <param name="Attempt">Which attempt is answered.</param>
/// <param name="Reason">Which value of the result, what it should be, and what it is.</param>
public sealed record ResultRefused(string Step, Guid CommandId, int Attempt, string Reason) : ReplyInput(Step, CommandId, Attempt);

/// <summary>The participant guarantees that nothing happened.</summary>
public sealed record StepRejected(string Step, Guid CommandId, int Attempt, string Code, string Reason)
    : ReplyInput(Step, CommandId, Attempt);

/// <summary>The participant does not know whether it happened.</summary>
public sealed record StepFaulted(string Step, Guid CommandId, int Attempt, string Code, string Reason)
    : ReplyInput(Step, CommandId, Attempt);

/// <summary>The participant is still at work, on a step or on its compensation.</summary>
public sealed record StepProgressed(string Step, Guid CommandId, int Attempt) : ReplyInput(Step, CommandId, Attempt)
{
    /// <summary>How far it is, in the participant's words; null when it did not say.</summary>
    public string? Note { get; init; }
}

/// <summary>An enquiry was answered: the step did not happen, and the participant refuses its command from now on.</summary>
public sealed record StepNotDone(string Step, Guid CommandId, int Attempt) : ReplyInput(Step, CommandId, Attempt);

/// <summary>The step's effect is gone.</summary>
public sealed record CompensationSucceeded(string Step, Guid CommandId, int Attempt) : ReplyInput(Step, CommandId, Attempt)
{
    /// <summary>Whether there was no effect, so that only a tombstone was left (rule S8).</summary>
    public bool NothingToUndo { get; init; }
}

/// <summary>The compensation did not complete.</summary>
public sealed record CompensationFailed(string Step, Guid CommandId, int Attempt, string Code, string Reason)
    : ReplyInput(Step, CommandId, Attempt);
