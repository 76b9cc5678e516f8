namespace SagaOrchestrator.Messages;

/// <summary>
/// Asks a participant whether a step happened; <see cref="SagaCommand.Saga"/> names the step's command. It answers with
/// <see cref="SagaOutcomeReported"/>. When the step did not happen, answering fences it: its command is refused from then on.
/// </summary>
/// <remarks>A duplicate is answered again. Sent where a plan says so, and when an operator calls a step not done.</remarks>
/// <param name="Enquiry">From 1 for each attempt.</param>
public sealed record QueryOutcome(int Enquiry) : SagaCommand;
