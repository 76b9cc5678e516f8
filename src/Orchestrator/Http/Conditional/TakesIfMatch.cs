namespace SagaOrchestrator.Http.Conditional;

/// <summary>Marks the routes that act only while the saga is as the caller saw it, when he says so with <c>If-Match</c>.</summary>
internal sealed class TakesIfMatch;
