namespace SagaOrchestrator.Intake;

/// <summary>What was stored cannot be read. The message that made us read it is not to blame.</summary>
/// <param name="message">What cannot be read.</param>
/// <param name="cause">Why.</param>
public sealed class StoredDataException(string message, Exception cause) : Exception(message, cause);
