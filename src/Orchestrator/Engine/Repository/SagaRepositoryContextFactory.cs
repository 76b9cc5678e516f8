using MassTransit;
using MassTransit.Saga;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Capture;

namespace SagaOrchestrator.Engine.Repository;

/// <summary>MassTransit's way to our store. It reads from it and notes writes in the unit of work; it writes nothing itself.</summary>
internal sealed class SagaRepositoryContextFactory(SagaLoader loader, PlanCatalogue plans) : ISagaRepositoryContextFactory<SagaInstance>
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<SagaInstance, T>> next)
        where T : class =>
        next.Send(new UnitOfWorkSagaRepositoryContext<T>(context, loader, context.UnitOfWork(), plans.IsStart(typeof(T))));

    public Task SendQuery<T>(
        ConsumeContext<T> context,
        ISagaQuery<SagaInstance> query,
        IPipe<SagaRepositoryQueryContext<SagaInstance, T>> next
    )
        where T : class => throw new NotSupportedException("Sagas are correlated by their id. Use CorrelateById.");

    public void Probe(ProbeContext context) => context.Add("persistence", "unit-of-work");
}
