namespace SagaOrchestrator.Documents.Expressions;

/// <summary>An expression cannot be read, or has no value for a saga.</summary>
/// <param name="message">Why.</param>
public class ExpressionException(string message) : Exception(message);

/// <summary>An expression would take more steps, or hold more, than one may.</summary>
/// <param name="message">Which limit it is over.</param>
public sealed class ExpressionLimitException(string message) : ExpressionException(message);
