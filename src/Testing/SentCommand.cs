using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Testing;

/// <summary>A command that the saga has sent.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsCompensation">Whether it undoes the step.</param>
/// <param name="Attempt">From 1, counted apart for step and compensation.</param>
/// <param name="Participant">The queue.</param>
/// <param name="Command">The message; null for an enquiry about the step's outcome.</param>
public sealed record SentCommand(string Step, bool IsCompensation, int Attempt, string Participant, SagaCommand? Command);
