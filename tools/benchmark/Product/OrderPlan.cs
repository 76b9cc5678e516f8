using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>What the plans have in common. A process serves one of them, so that they share type and start message.</summary>
internal abstract class OrderPlan() : Plan<StartBenchmark>("benchmark", version: 1)
{
    public override StartBenchmark Example { get; } = new(Orders.Make(0, fails: false));

    public override string BusinessKey(StartBenchmark data) => data.Order.OrderId;

    public override IEnumerable<FieldError> Validate(StartBenchmark data) =>
        string.IsNullOrEmpty(data.Order?.OrderId) ? [new("order.orderId", "An order needs an id.")] : [];
}
