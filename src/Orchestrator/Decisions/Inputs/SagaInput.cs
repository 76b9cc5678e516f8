namespace SagaOrchestrator.Decisions.Inputs;

/// <summary>Something that happened to a saga.</summary>
public abstract record SagaInput;

/// <summary>The saga was accepted and may begin.</summary>
public sealed record Begin : SagaInput;

/// <summary>A participant answered a command.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="CommandId">Which command is answered.</param>
/// <param name="Attempt">Which attempt is answered.</param>
public abstract record ReplyInput(string Step, Guid CommandId, int Attempt) : SagaInput;

/// <summary>The step's effect is there.</summary>
public sealed record StepSucceeded(string Step, Guid CommandId, int Attempt) : ReplyInput(Step, CommandId, Attempt);

/// <summary>The participant guarantees that nothing happened.</summary>
public sealed record StepRejected(string Step, Guid CommandId, int Attempt, string Code, string Reason)
    : ReplyInput(Step, CommandId, Attempt);

/// <summary>The participant does not know whether it happened.</summary>
public sealed record StepFaulted(string Step, Guid CommandId, int Attempt, string Code, string Reason)
    : ReplyInput(Step, CommandId, Attempt);

/// <summary>The step's effect is gone.</summary>
public sealed record CompensationSucceeded(string Step, Guid CommandId, int Attempt) : ReplyInput(Step, CommandId, Attempt);

/// <summary>The compensation did not complete.</summary>
public sealed record CompensationFailed(string Step, Guid CommandId, int Attempt, string Code, string Reason)
    : ReplyInput(Step, CommandId, Attempt);

/// <summary>A timer fired.</summary>
/// <param name="Timer">The timer's name, as <see cref="Progress.SagaTimer.Name"/> wrote it.</param>
public sealed record TimerFired(string Timer) : SagaInput;
