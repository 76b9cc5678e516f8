namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Of an answer: a caller can ask for some of its members alone, so that none of them is there for certain.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SelectableAttribute : Attribute;
