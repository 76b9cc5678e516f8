namespace SagaOrchestrator.Runner.Check;

/// <summary>What the end check looks at, gathered from outside the services. Queues are null where there is no broker.</summary>
internal sealed record Evidence(
    IReadOnlyList<SagaFact> Sagas,
    IReadOnlyList<ProductFact> Products,
    MoneyFact Money,
    IReadOnlyList<EffectFact> Effects,
    IReadOnlyDictionary<string, long> Outboxes,
    IReadOnlyDictionary<string, long>? Queues);

/// <summary>A saga: its end, what it ordered, and its steps in the order in which they started.</summary>
internal sealed record SagaFact(
    Guid Id, string BusinessKey, string State, decimal Total, IReadOnlyList<(string ProductId, int Quantity)> Lines,
    IReadOnlyList<string> Started);

internal sealed record ProductFact(string ProductId, int Initial, int Available, int Reserved);

/// <summary>The ledger's sums, and what the gateway holds.</summary>
internal sealed record MoneyFact(decimal Charged, decimal Refunded, decimal HeldByGateway);

/// <summary>What a participant did for a step: positions in the write-ahead log, null where it did not happen.</summary>
internal sealed record EffectFact(Guid SagaId, string Step, long? Done, long? Undone);
