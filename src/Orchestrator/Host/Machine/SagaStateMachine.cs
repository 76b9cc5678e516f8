using MassTransit;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Outbox.DeadLetters;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Machine;

/// <summary>
/// The one state machine that hosts every plan. It owns events, correlation and states;
/// what follows an event only the decider knows.
/// </summary>
internal sealed class SagaStateMachine : MassTransitStateMachine<SagaInstance>, IPlanVisitor
{
    private readonly SagaEngine engine;

    public SagaStateMachine(PlanCatalogue plans, SagaEngine engine)
    {
        this.engine = engine;
        InstanceState(saga => saga.CurrentState);
        Event(() => Accepted, saga => Correlate(saga, message => message.SagaId));
        Event(() => TimerDue, saga =>
        {
            // The saga of a timer can be gone after its retention; nothing is lost with its timer.
            saga.CorrelateById(context => context.Message.SagaId);
            saga.OnMissingInstance(missing => missing.Discard());
        });
        Event(() => StepCompleted, saga => Correlate(saga, message => message.SagaId));
        Event(() => StepFailed, saga => Correlate(saga, message => message.SagaId));
        Event(() => CompensationCompleted, saga => Correlate(saga, message => message.SagaId));
        Event(() => CompensationFailed, saga => Correlate(saga, message => message.SagaId));
        foreach (var plan in plans.Newest)
        {
            plan.Accept(this);
        }

        // Every event in every state: the decider is total (rule S13), so no message is ever "not accepted".
        DuringAny(
            When(Accepted).ThenAsync(context => engine.Apply(context, new Begin())),
            When(TimerDue).ThenAsync(context => engine.Apply(context, new TimerFired(context.Message.Timer))),
            When(StepCompleted).ThenAsync(context =>
                engine.Apply(context, ReplyInputs.From(context.Message), context.Message.Result)),
            When(StepFailed).ThenAsync(context => engine.Apply(context, ReplyInputs.From(context.Message))),
            When(CompensationCompleted).ThenAsync(context => engine.Apply(context, ReplyInputs.From(context.Message))),
            When(CompensationFailed).ThenAsync(context => engine.Apply(context, ReplyInputs.From(context.Message))));
    }

    public State Started { get; private set; } = null!;

    public State Pending { get; private set; } = null!;

    public State Compensating { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public State Failed { get; private set; } = null!;

    public State Parked { get; private set; } = null!;

    public Event<SagaAccepted> Accepted { get; private set; } = null!;

    public Event<SagaTimerDue> TimerDue { get; private set; } = null!;

    public Event<SagaStepCompleted> StepCompleted { get; private set; } = null!;

    public Event<SagaStepFailed> StepFailed { get; private set; } = null!;

    public Event<SagaCompensationCompleted> CompensationCompleted { get; private set; } = null!;

    public Event<SagaCompensationFailed> CompensationFailed { get; private set; } = null!;

    void IPlanVisitor.Visit<TStart>(Plan<TStart> plan)
    {
        var start = Event<TStart>($"Start:{plan.Type}", saga =>
            saga.CorrelateById(context => SagaIds.OfSaga(plan.Type, Check(plan, context.Message).BusinessKey)));
        Initially(When(start).ThenAsync(context => engine.Start(context, Check(plan, context.Message))));
        DuringAny(When(start).Then(context => SagaEngine.StartAgain(context.Saga, Check(plan, context.Message))));
    }

    private static StartRequest Check<TStart>(Plan<TStart> plan, TStart message)
        where TStart : class
    {
        try
        {
            return plan.Check(message);
        }
        catch (InvalidStartException exception)
        {
            throw new RefusedMessageException(DeadLetterReason.Invalid, exception.Message);
        }
    }

    private static void Correlate<T>(IEventCorrelationConfigurator<SagaInstance, T> saga, Func<T, Guid> sagaId)
        where T : class
    {
        saga.CorrelateById(context => sagaId(context.Message));
        saga.OnMissingInstance(missing => missing.Execute(context => throw new OrphanMessageException(
            $"There is no saga {sagaId(context.Message)}. Check the sagaId; if the message is from a restored backup or another environment, discard it.")));
    }
}
