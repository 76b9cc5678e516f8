namespace SagaOrchestrator.Certify;

/// <summary>Nothing can be judged: the message says what is missing and the next move.</summary>
internal sealed class CannotRunException(string message, Exception? cause = null) : Exception(message, cause);
