using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Tests.Tracing;

public sealed record Work(string What);

/// <summary>An endpoint in memory that holds its deliveries as one on a broker does, and whose commits end when the test says so.</summary>
internal sealed class HoldingEndpoint
    : IGroupCommitter,
        IHoldsDeliveries,
        IFilter<ReceiveContext>,
        IReceiveObserver,
        IMessageDispatcher,
        IAsyncDisposable
{
    public const string Queue = "work";

    private readonly TaskCompletionSource<CommitResult> committing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHost host = null!;

    /// <summary>Settled when the delivery may be acknowledged; null when it is not held.</summary>
    public Task? Held { get; private set; }

    /// <summary>Ends when MassTransit is through with the delivery.</summary>
    public Task Handled => handled.Task;

    /// <summary>What the handler sent.</summary>
    public OutgoingMessage? Sent { get; private set; }

    public Action<OutboxGroup>? Send { get; set; }

    public async Task<HoldingEndpoint> Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddInMemoryBus();
        builder.Services.AddSingleton(
            new ServiceEndpoint(
                Queue,
                new ServiceOutbox(Queue, this, new MemoryCommitter(), this, NullLogger.Instance),
                Prefetch: 4,
                endpoint =>
                {
                    ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(pipe => pipe.UseFilter(this));
                    endpoint.Handler<Work>(Handle);
                }
            )
        );
        host = builder.Build();
        host.Services.GetRequiredService<IBusControl>().ConnectReceiveObserver(this);
        await host.StartAsync();
        return this;
    }

    public async Task Deliver(string what, string traceParent)
    {
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:" + Queue));
        await endpoint.Send(new Work(what), send => send.Headers.Set(SagaHeaders.TraceParent, traceParent));
        await Handled;
    }

    public void Commit() => committing.SetResult(CommitResult.Committed);

    public void FailCommit() => committing.SetException(new TimeoutException());

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    Task<Task<CommitResult>> IGroupCommitter.Begin(UnitOfWork unit, CancellationToken cancellationToken)
    {
        Sent = unit.Messages.SingleOrDefault();
        return Task.FromResult<Task<CommitResult>>(committing.Task);
    }

    void IGroupCommitter.DeleteSent(OutboxGroup group) { }

    Task<CommitResult> ICommitter.Commit(UnitOfWork unit, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("It waited.");

    Task<bool> ICommitter.IsHandled(Guid messageId, CancellationToken cancellationToken) => Task.FromResult(false);

    Task<CommitResult?> ICommitter.Recall(InboxEntry entry, CancellationToken cancellationToken) => Task.FromResult<CommitResult?>(null);

    void ICommitter.DeleteSent(Guid messageId) { }

    Task IMessageDispatcher.Send(OutgoingMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    ulong? IHoldsDeliveries.TagOf(ReceiveContext delivery) => 1;

    void IHoldsDeliveries.Hold(ulong tag, Task settled) => Held = settled;

    Task IFilter<ReceiveContext>.Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        context.AddOrUpdatePayload<IHoldsDeliveries>(() => this, _ => this);
        return next.Send(context);
    }

    void IProbeSite.Probe(ProbeContext context) { }

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context)
    {
        handled.TrySetResult();
        return Task.CompletedTask;
    }

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        Task.CompletedTask;

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    private static Task Handle(ConsumeContext<Work> context)
    {
        if (context.Message.What == "nonsense")
        {
            throw new InvalidOperationException("This cannot be done.");
        }

        context.UnitOfWork().Send("next", new Work("more"), messageId: null, correlationId: null, []);
        return Task.CompletedTask;
    }
}
