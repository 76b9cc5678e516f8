namespace SagaOrchestrator.Decisions.Inputs;

/// <summary>An operator acts on a saga: a transition like any other, recorded with who, when and why (rule S33).</summary>
/// <param name="Who">The operator.</param>
/// <param name="Why">The reason, in the operator's words.</param>
public abstract record OperatorInput(string Who, string Why) : SagaInput;

/// <summary>Do not wait any longer: send the stuck or backed-off command again now. A stuck one gets a new budget of attempts.</summary>
public sealed record RetryNow(string Step, string Who, string Why) : OperatorInput(Who, Why);

/// <summary>Give a stuck compensation up. Its effect may stay.</summary>
public sealed record SkipCompensation(string Step, string Who, string Why) : OperatorInput(Who, Why);

/// <summary>A stuck step was done by hand, or was found done; or a stuck compensation was.</summary>
public sealed record ResolveAsDone(string Step, string Who, string Why) : OperatorInput(Who, Why);

/// <summary>A stuck step was found not done, and will not be done any more.</summary>
public sealed record ResolveAsNotDone(string Step, string Who, string Why) : OperatorInput(Who, Why);

/// <summary>Send nothing, and let no timer act, until the saga is resumed. A second one changes nothing (rule S42).</summary>
public sealed record PauseSaga(string Who, string Why) : OperatorInput(Who, Why);

/// <summary>Go on where the saga was paused: send what was held back, and give each wait the time that it had left.</summary>
public sealed record ResumeSaga(string Who, string Why) : OperatorInput(Who, Why);

/// <summary>Wait longer: for a step's answer or signal, or, without a step, for the saga as a whole (rule S43).</summary>
public sealed record ExtendDeadline(string? Step, DateTimeOffset Until, string Who, string Why) : OperatorInput(Who, Why);

/// <summary>
/// A step waits without a timer, or in vain: its timer is due now, and what follows is what follows a timer (rule S26). The auditor's.
/// </summary>
public sealed record Rearm(string Step, string Who, string Why) : OperatorInput(Who, Why);

/// <summary>Give the saga up and compensate, if it has not reached its pivot (rules S16 and S23).</summary>
public sealed record Cancel(string Who, string Why) : OperatorInput(Who, Why);
