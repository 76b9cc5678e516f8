namespace SagaOrchestrator.Decisions.Progress;

/// <summary>An operator has paused the saga: nothing is sent, and its time stands still, until somebody resumes it (rule S42).</summary>
/// <param name="Since">Since when, UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in the operator's words.</param>
public sealed record Pause(DateTimeOffset Since, string By, string Reason);
