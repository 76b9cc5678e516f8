using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Repository;

internal sealed class UnitOfWorkSagaRepositoryContext<T>(ConsumeContext<T> context, SagaLoader loader, UnitOfWork unit, bool isStart)
    : ConsumeContextProxy<T>(context),
        SagaRepositoryContext<SagaInstance, T>
    where T : class
{
    private readonly ConsumeContext<T> context = context;
    private DateTimeOffset now;

    public async Task<SagaConsumeContext<SagaInstance, T>?> Load(Guid correlationId)
    {
        var loaded = await loader.Load(correlationId, unit, isStart, CancellationToken);
        now = loaded.Now;
        return loaded.Saga is { } saga ? new StoredSagaConsumeContext<T>(context, saga) : null;
    }

    public Task<SagaConsumeContext<SagaInstance, T>> Add(SagaInstance instance)
    {
        instance.Now = now;
        return Task.FromResult<SagaConsumeContext<SagaInstance, T>>(new StoredSagaConsumeContext<T>(context, instance));
    }

    public Task<SagaConsumeContext<SagaInstance, T>?> Insert(SagaInstance instance) =>
        Task.FromResult<SagaConsumeContext<SagaInstance, T>?>(null);

    public Task Save(SagaConsumeContext<SagaInstance> saga) => Update(saga);

    public Task Update(SagaConsumeContext<SagaInstance> saga)
    {
        loader.Write(unit, saga.Saga);
        return Task.CompletedTask;
    }

    public Task Delete(SagaConsumeContext<SagaInstance> saga) =>
        throw new NotSupportedException("A saga that has ended stays until its retention is over (rule S30).");

    public Task Discard(SagaConsumeContext<SagaInstance> saga) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<SagaInstance> saga) => Task.CompletedTask;

    public Task<SagaConsumeContext<SagaInstance, TMessage>> CreateSagaConsumeContext<TMessage>(
        ConsumeContext<TMessage> consumeContext,
        SagaInstance instance,
        SagaConsumeContextMode mode
    )
        where TMessage : class =>
        Task.FromResult<SagaConsumeContext<SagaInstance, TMessage>>(new StoredSagaConsumeContext<TMessage>(consumeContext, instance));
}

internal sealed class StoredSagaConsumeContext<T>(ConsumeContext<T> context, SagaInstance saga)
    : ConsumeContextProxy<T>(context),
        SagaConsumeContext<SagaInstance, T>
    where T : class
{
    public override Guid? CorrelationId => Saga.CorrelationId;

    public SagaInstance Saga { get; } = saga;

    public bool IsCompleted { get; private set; }

    public Task SetCompleted()
    {
        IsCompleted = true;
        return Task.CompletedTask;
    }
}
