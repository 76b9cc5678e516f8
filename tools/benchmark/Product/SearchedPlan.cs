using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>A plan whose sagas are searched by what they are about.</summary>
internal sealed class SearchedPlan : OrderPlan
{
    public SearchedPlan()
    {
        var step = Steps.All[0];
        Step<StepDone>(step.Name)
            .At(step.Participant)
            .Within(TimeSpan.FromMinutes(5))
            .Do((start, _) => new DoStep(StepContent.Of(step.Name, start.Order, reference: null)))
            .UndoneBy((start, _) => new UndoStep(start.Order.OrderId));
        Column("customer", start => start.Order.CustomerId, indexed: true);
        Money("total", start => start.Order.Amount, start => start.Order.Currency, indexed: true);
    }
}
