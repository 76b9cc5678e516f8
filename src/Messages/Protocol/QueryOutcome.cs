using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages;

/// <summary>
/// Asks a participant whether a step happened; <see cref="SagaCommand.Saga"/> names the step's command. It answers with
/// <see cref="SagaStepOutcomeReported"/>. When the step did not happen, answering fences it: its command is refused from then on.
/// </summary>
/// <remarks>A duplicate is answered again. Sent where a plan says so, and when an operator calls a step not done.</remarks>
/// <param name="Enquiry">From 1 for each attempt.</param>
/// <param name="FenceUnfinished">
/// True when an operator has settled the step: work that was begun and has no outcome is then fenced too and answered <c>not_done</c>,
/// instead of <c>in_progress</c>.
/// </param>
public sealed record QueryOutcome([Range(1, int.MaxValue)] int Enquiry, bool FenceUnfinished = false) : SagaCommand;
