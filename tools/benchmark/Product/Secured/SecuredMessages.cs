using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Product.Secured;

/// <summary>Starts the saga: an order, and whom it is for.</summary>
[Sensitive(Subject = nameof(CustomerId))]
public sealed record StartSecured(Order Order, string CustomerId, [Sensitive] string Name, [Sensitive] string Street)
{
    public static StartSecured Of(Order order) =>
        new(order, order.CustomerId, $"Name of {order.CustomerId}", $"Street of {order.CustomerId} 17");
}

/// <summary>Executes a step that must know whom the order is for.</summary>
public sealed record DoFor(StepContent Content, [Sensitive] string Name, [Sensitive] string Street) : SagaCommand;
