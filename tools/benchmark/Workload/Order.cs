namespace SagaOrchestrator.Benchmarks.Workload;

/// <summary>What a saga is about: some 350 bytes of JSON.</summary>
public sealed record Order(string OrderId, string CustomerId, decimal Amount, string Currency, IReadOnlyList<OrderLine> Lines);

/// <summary>One line of an order.</summary>
public sealed record OrderLine(string ProductId, int Quantity);
