namespace SagaOrchestrator.Chaos.Nodes.Served;

/// <summary>A message whose handling kills the process, as a stack overflow or a fault in native code would.</summary>
public sealed record KillsItsConsumer;
