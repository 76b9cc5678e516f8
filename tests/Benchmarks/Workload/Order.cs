namespace SagaOrchestrator.Benchmarks.Workload;

/// <summary>What a saga is about: some 350 bytes of JSON.</summary>
internal sealed record Order(string OrderId, string CustomerId, decimal Amount, string Currency, IReadOnlyList<OrderLine> Lines);

/// <summary>One line of an order.</summary>
internal sealed record OrderLine(string ProductId, int Quantity);
