namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>What the broker says of a queue.</summary>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Consumers">How many read it.</param>
/// <param name="Messages">How many messages wait in it.</param>
public readonly record struct QueueSight(bool Exists, uint Consumers, uint Messages);
