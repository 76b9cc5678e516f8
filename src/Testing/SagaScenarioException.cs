namespace SagaOrchestrator.Testing;

/// <summary>What a scenario asks for cannot happen to its saga as it stands. The message says what the saga waits for.</summary>
/// <param name="message">What cannot happen, and what can.</param>
public sealed class SagaScenarioException(string message) : Exception(message);
