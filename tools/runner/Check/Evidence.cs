namespace SagaOrchestrator.Runner.Check;

/// <summary>What the end check looks at, gathered from outside the services. What is not there to be looked at is null.</summary>
internal sealed record Evidence(
    IReadOnlyList<SagaFact> Sagas,
    IReadOnlyList<ProductFact>? Products,
    MoneyFact? Money,
    IReadOnlyList<EffectFact> Effects,
    IReadOnlyDictionary<string, long> Outboxes,
    IReadOnlyDictionary<string, long>? Queues
)
{
    /// <summary>Sagas that cannot be read, each with its reason. They are left out of everything else.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>What stands in the tables of the services that were asked.</summary>
    public IReadOnlyList<StandingFact> Standing { get; init; } = [];

    /// <summary>What participants that are somebody else's said when they were asked; null when there are none.</summary>
    public IReadOnlyList<AnswerFact>? Answers { get; init; }
}

/// <summary>A saga: its end, what it ordered, and its steps in the order in which they started.</summary>
internal sealed record SagaFact(
    Guid Id,
    string BusinessKey,
    string State,
    decimal Total,
    IReadOnlyList<(string ProductId, int Quantity)> Lines,
    IReadOnlyList<string> Started
)
{
    /// <summary>Its plan.</summary>
    public string Type { get; init; } = "order-fulfillment";
}

internal sealed record ProductFact(string ProductId, int Initial, int Available, int Reserved);

/// <summary>The ledger's sums, and what the gateway holds.</summary>
internal sealed record MoneyFact(decimal Charged, decimal Refunded, decimal HeldByGateway);

/// <summary>What was done for a step, and undone: positions in the order of what happened, null where it did not.</summary>
internal sealed record EffectFact(Guid SagaId, string Step, long? Done, long? Undone);

/// <summary>What a service has for a saga and has not taken back: a reservation, a charge, a shipment, a confirmation.</summary>
internal sealed record StandingFact(string Service, Guid SagaId);

/// <summary>What a participant said of a step of an ended saga: <c>done</c>, <c>not_done</c>, <c>in_progress</c>, or nothing.</summary>
internal sealed record AnswerFact(string Participant, Guid SagaId, string Step, string? Outcome);
