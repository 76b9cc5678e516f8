namespace SagaOrchestrator.Decisions.Plans;

/// <summary>One command to one participant.</summary>
/// <param name="Name">Unique in the plan, for example <c>process_payment</c>.</param>
/// <param name="Participant">The queue of the service that executes it.</param>
/// <param name="Timeout">How long to wait for a reply before the outcome counts as unknown (rule S6).</param>
/// <param name="Retry">What follows an unknown outcome, before the step is given up and compensated.</param>
/// <param name="CompensationRetry">The compensation's own budget (rule S19).</param>
/// <param name="Compensatable">Whether the step has a compensation.</param>
public sealed record SagaStep(
    string Name,
    string Participant,
    TimeSpan Timeout,
    RetryPolicy Retry,
    RetryPolicy CompensationRetry,
    bool Compensatable);
