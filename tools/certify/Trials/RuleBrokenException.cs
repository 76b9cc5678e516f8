namespace SagaOrchestrator.Certify.Trials;

/// <summary>The participant did something else than the rule says: the message is what was seen.</summary>
internal sealed class RuleBrokenException(string seen) : Exception(seen);

/// <summary>The rule cannot be judged: the message says what is missing.</summary>
internal sealed class NotTriedException(string why) : Exception(why);
