namespace SagaOrchestrator.Client;

/// <summary>The answer to a start.</summary>
/// <param name="Saga">The saga as it was at that moment.</param>
/// <param name="IsNew">False when the same start came before, so that the saga was there already.</param>
public sealed record StartedSaga(SagaStatus Saga, bool IsNew);
