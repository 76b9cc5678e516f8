using RabbitMQ.Client;

namespace SagaOrchestrator.Benchmarks.Floor.Wire;

/// <summary>A message on its way to the broker.</summary>
internal sealed record Outgoing(string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body);
