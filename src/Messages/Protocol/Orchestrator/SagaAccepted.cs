namespace SagaOrchestrator.Messages.Orchestrator;

/// <summary>
/// The orchestrator's message to itself: a saga was accepted over REST and its first step may begin.
/// A duplicate is ignored, because the saga has left the state Started.
/// </summary>
/// <param name="SagaId">The saga that was stored in the same transaction as this message.</param>
public sealed record SagaAccepted(Guid SagaId);
