using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Machine;

/// <summary>
/// The one state machine that hosts every plan. It owns events, correlation and states;
/// what follows an event only the decider knows.
/// </summary>
internal sealed class SagaStateMachine : MassTransitStateMachine<SagaInstance>, IPlanVisitor
{
    private readonly SagaEngine engine;
    private readonly MessageStarts starts;
    private readonly ReplyInputs replies;
    private readonly PlanCatalogue plans;
    private readonly IntakeLimits limits;

    public SagaStateMachine(PlanCatalogue plans, SagaEngine engine, MessageStarts starts, ReplyInputs replies, IntakeLimits limits)
    {
        (this.plans, this.limits) = (plans, limits);
        this.engine = engine;
        this.starts = starts;
        this.replies = replies;
        InstanceState(saga => saga.CurrentState);
        Event(() => Accepted, saga => Correlate(saga, message => message.SagaId));
        Event(() => Signal, saga => Correlate(saga, IdOf));
        Event(
            () => TimerDue,
            saga =>
            {
                // The saga of a timer can be gone after its retention; nothing is lost with its timer.
                saga.CorrelateById(context => context.Message.SagaId);
                saga.OnMissingInstance(missing => missing.Discard());
            }
        );
        Event(() => StepCompleted, saga => Correlate(saga, message => message.SagaId));
        Event(() => StepFailed, saga => Correlate(saga, message => message.SagaId));
        Event(() => StepProgressed, saga => Correlate(saga, message => message.SagaId));
        Event(() => OutcomeReported, saga => Correlate(saga, message => message.SagaId));
        Event(() => CompensationCompleted, saga => Correlate(saga, message => message.SagaId));
        Event(() => CompensationFailed, saga => Correlate(saga, message => message.SagaId));
        Event(() => Start, saga => saga.CorrelateById(context => SagaIds.OfSaga(context.Message.SagaType, Check(context).BusinessKey)));
        Initially(When(Start).ThenAsync(context => starts.Start(context, Check(context))));
        foreach (var plan in plans.Newest)
        {
            plan.Accept(this);
        }

        // Every event in every state: the decider is total (rule S13), so no message is ever "not accepted".
        DuringAny(
            When(Accepted).ThenAsync(context => Apply(context, new Begin())),
            When(Start).ThenAsync(context => starts.StartAgain(context.Saga, Check(context), context.CancellationToken)),
            When(TimerDue).ThenAsync(context => Apply(context, new TimerFired(context.Message.Timer))),
            When(Signal).ThenAsync(Receive),
            When(StepCompleted).ThenAsync(Reply),
            When(StepFailed).ThenAsync(Reply),
            When(StepProgressed).ThenAsync(Reply),
            When(OutcomeReported).ThenAsync(Reply),
            When(CompensationCompleted).ThenAsync(Reply),
            When(CompensationFailed).ThenAsync(Reply)
        );
    }

    public State Started { get; private set; } = null!;

    public State Pending { get; private set; } = null!;

    public State Compensating { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public State Failed { get; private set; } = null!;

    public State Parked { get; private set; } = null!;

    public Event<SagaAccepted> Accepted { get; private set; } = null!;

    public Event<StartSaga> Start { get; private set; } = null!;

    public Event<SagaTimerDue> TimerDue { get; private set; } = null!;

    public Event<SagaSignal> Signal { get; private set; } = null!;

    public Event<SagaStepCompleted> StepCompleted { get; private set; } = null!;

    public Event<SagaStepFailed> StepFailed { get; private set; } = null!;

    public Event<SagaStepProgressed> StepProgressed { get; private set; } = null!;

    public Event<SagaStepOutcomeReported> OutcomeReported { get; private set; } = null!;

    public Event<SagaCompensationCompleted> CompensationCompleted { get; private set; } = null!;

    public Event<SagaCompensationFailed> CompensationFailed { get; private set; } = null!;

    void IPlanVisitor.Visit<TStart>(Plan<TStart> plan)
    {
        var start = Event<TStart>(
            $"Start:{plan.Type}",
            saga => saga.CorrelateById(context => SagaIds.OfSaga(plan.Type, Check(plan, context).BusinessKey))
        );
        Initially(When(start).ThenAsync(context => starts.Start(context, Check(plan, context))));
        DuringAny(When(start).ThenAsync(context => starts.StartAgain(context.Saga, Check(plan, context), context.CancellationToken)));
    }

    private StartRequest Check<TStart>(Plan<TStart> plan, ConsumeContext<TStart> context)
        where TStart : class => Check(plan, context, () => plan.Check(context.Message));

    // A document that another node has just taken is here within seconds.
    private StartRequest Check(ConsumeContext<StartSaga> context)
    {
        plans.ThrowIfUnread(context.Message.SagaType);
        var plan =
            plans.Find(context.Message.SagaType)
            ?? throw new OrphanMessageException(
                $"No plan is called '{context.Message.SagaType}'. There are: "
                    + $"{string.Join(", ", plans.Newest.Select(known => known.Type))}. "
                    + "Register it, or correct the name, and send the message anew."
            );
        return Check(plan, context, () => plan.Read(JsonSerializer.SerializeToUtf8Bytes(context.Message.Data), limits));
    }

    // Asked for more than once for each message, and not cheap.
    private StartRequest Check<TStart>(Plan plan, ConsumeContext<TStart> context, Func<StartRequest> check)
        where TStart : class
    {
        if (context.TryGetPayload<StartRequest>(out var known) && known.Plan == plan)
        {
            return known;
        }

        MessageSize.ThrowIfOver(context, limits.StartBytes, nameof(IntakeLimits.StartBytes));

        try
        {
            var request = check();
            return context.AddOrUpdatePayload(() => request, _ => request);
        }
        catch (InvalidStartException exception)
        {
            throw new RefusedMessageException(
                DeadLetterReason.Invalid,
                $"The start is not valid. {exception.Message} Correct it and send it anew, under a new messageId.",
                exception.Refusals[0]
            );
        }
    }

    private static Guid IdOf(SagaSignal signal) =>
        signal switch
        {
            { SagaId: { } id } => id,
            { SagaType: { } type, BusinessKey: { } key } => SagaIds.OfSaga(type, key),
            _ => throw new RefusedMessageException(
                DeadLetterReason.Invalid,
                "The signal does not say for which saga it is. Set sagaId, or sagaType and businessKey, and send it anew.",
                new Refusal("sagaId", "a saga's id, or sagaType and businessKey", "nothing")
            ),
        };

    private static void Correlate<T>(IEventCorrelationConfigurator<SagaInstance, T> saga, Func<T, Guid> sagaId)
        where T : class
    {
        saga.CorrelateById(context => sagaId(context.Message));
        saga.OnMissingInstance(missing =>
            missing.Execute(context =>
                throw new OrphanMessageException(
                    $"There is no saga {sagaId(context.Message)}. Check the sagaId; if the message is from a restored backup or another "
                        + $"environment, discard it."
                )
            )
        );
    }

    private async Task Apply<T>(BehaviorContext<SagaInstance, T> context, SagaInput input)
        where T : class => await engine.Apply(context.Saga, input, TurnWork.Of(context, data: null));

    private async Task Reply<T>(BehaviorContext<SagaInstance, T> context)
        where T : SagaReply
    {
        var work = TurnWork.Of(context, ReplyInputs.ResultOf(context.Message));
        if (await engine.Apply(context.Saga, replies.From(context), work) is { } refused)
        {
            throw new RefusedMessageException(
                refused.Code,
                $"The reply changes nothing. {refused.Reason} If it is from a restored backup or another environment, discard it. "
                    + "If not, find out who sends in another's name."
            );
        }
    }

    private async Task Receive(BehaviorContext<SagaInstance, SagaSignal> context)
    {
        var signal = context.Message;
        if (
            plans.TryGet(context.Saga.Type, context.Saga.PlanVersion) is { } plan
            && SignalIntake.Objection(plan, signal, limits) is { } objection
        )
        {
            throw new RefusedMessageException(
                DeadLetterReason.Invalid,
                $"The signal is not valid. {objection} Correct it and send it anew.",
                objection
            );
        }

        var input = new SignalReceived(signal.SignalId, signal.Name, signal.DeclineCode, signal.DeclineReason);
        if (await engine.Apply(context.Saga, input, TurnWork.Of(context, signal.Data)) is { } refused)
        {
            throw new RefusedMessageException(
                refused.Code == "invalid-request" ? DeadLetterReason.Invalid : refused.Code,
                $"The signal is not kept. {refused.Reason}",
                new Refusal(string.Empty, refused.Reason, "one more than the saga can keep")
            );
        }
    }
}
