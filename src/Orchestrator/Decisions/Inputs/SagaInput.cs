namespace SagaOrchestrator.Decisions.Inputs;

/// <summary>Something that happened to a saga.</summary>
public abstract record SagaInput;

/// <summary>The saga was accepted and may begin.</summary>
public sealed record Begin : SagaInput;

/// <summary>A timer fired.</summary>
/// <param name="Timer">The timer's name, as <see cref="Progress.SagaTimer.Name"/> wrote it.</param>
public sealed record TimerFired(string Timer) : SagaInput;

/// <summary>A signal came. A second one with the same id changes nothing.</summary>
/// <param name="SignalId">Chosen by the sender.</param>
/// <param name="Name">Which signal.</param>
/// <param name="DeclineCode">A stable word when the answer is no; null when it is yes.</param>
/// <param name="DeclineReason">The no in a sentence.</param>
public sealed record SignalReceived(Guid SignalId, string Name, string? DeclineCode = null, string? DeclineReason = null) : SagaInput;
