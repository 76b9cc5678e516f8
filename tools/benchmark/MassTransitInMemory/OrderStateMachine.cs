using MassTransit;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.MassTransitInMemory;

/// <summary>
/// The same saga as a MassTransit user would write it. Four equal steps, so the state says the direction and the saga the step.
/// </summary>
internal sealed class OrderStateMachine : MassTransitStateMachine<OrderSaga>
{
    public OrderStateMachine()
    {
        InstanceState(saga => saga.CurrentState, Forward, Compensating);
        Event(() => Start, saga => saga.CorrelateById(context => context.Message.SagaId));
        Event(() => Done, saga => saga.CorrelateById(context => context.Message.SagaId));
        Event(() => Rejected, saga => saga.CorrelateById(context => context.Message.SagaId));
        Event(() => Undone, saga => saga.CorrelateById(context => context.Message.SagaId));

        Initially(When(Start).Then(context => context.Saga.Order = context.Message.Order).ThenAsync(SendDo).TransitionTo(Forward));
        During(
            Forward,
            When(Done, context => context.Message.Step == context.Saga.Next.Name)
                .Then(Keep)
                .IfElse(
                    context => context.Saga.Done == Steps.All.Count,
                    all => all.ThenAsync(PublishCompleted).Finalize(),
                    more => more.ThenAsync(SendDo)
                ),
            When(Rejected, context => context.Message.Step == context.Saga.Next.Name)
                .Then(context => context.Saga.Failure = context.Message)
                .IfElse(
                    context => context.Saga.Done == 0,
                    none => none.ThenAsync(PublishFailed).Finalize(),
                    some => some.ThenAsync(SendUndo).TransitionTo(Compensating)
                )
        );
        During(
            Compensating,
            When(Undone, context => context.Message.Step == context.Saga.Last.Name)
                .Then(Forget)
                .IfElse(context => context.Saga.Done == 0, all => all.ThenAsync(PublishFailed).Finalize(), more => more.ThenAsync(SendUndo))
        );
        SetCompletedWhenFinalized();
    }

    public State Forward { get; private set; } = null!;

    public State Compensating { get; private set; } = null!;

    public Event<StartOrder> Start { get; private set; } = null!;

    public Event<StepDone> Done { get; private set; } = null!;

    public Event<StepRejected> Rejected { get; private set; } = null!;

    public Event<StepUndone> Undone { get; private set; } = null!;

    private static void Keep(BehaviorContext<OrderSaga, StepDone> context)
    {
        context.Saga.Done++;
        context.Saga.Reference = context.Message.Reference;
    }

    private static void Forget(BehaviorContext<OrderSaga, StepUndone> context)
    {
        context.Saga.Compensated.Add(context.Message.Step);
        context.Saga.Done--;
    }

    private static Task SendDo<T>(BehaviorContext<OrderSaga, T> context)
        where T : class
    {
        var saga = context.Saga;
        return Send(context, saga.Next, new DoStep(saga.CorrelationId, StepContent.Of(saga.Next.Name, saga.Order, saga.Reference)));
    }

    private static Task SendUndo<T>(BehaviorContext<OrderSaga, T> context)
        where T : class
    {
        var saga = context.Saga;
        return Send(context, saga.Last, new UndoStep(saga.CorrelationId, saga.Last.Name, saga.Order.OrderId));
    }

    private static async Task Send<TCommand>(ConsumeContext context, Step step, TCommand command)
        where TCommand : class
    {
        var endpoint = await context.GetSendEndpoint(new Uri("exchange:" + step.Participant));
        await endpoint.Send(command);
    }

    private static Task PublishCompleted(BehaviorContext<OrderSaga, StepDone> context) =>
        context.Publish(new OrderCompleted(context.Saga.CorrelationId, context.Saga.Order.OrderId));

    private static Task PublishFailed<T>(BehaviorContext<OrderSaga, T> context)
        where T : class
    {
        var (saga, failure) = (context.Saga, context.Saga.Failure!);
        return context.Publish(
            new OrderFailed(saga.CorrelationId, saga.Order.OrderId, failure.Step, failure.Code, failure.Reason, saga.Compensated)
        );
    }
}
