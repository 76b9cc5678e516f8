using SagaOrchestrator.Decisions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts.Describing;

/// <summary>Every message that others send to an orchestrator or get from it, and who uses which: read off its plans.</summary>
internal sealed class WireContract
{
    private static readonly Type[] Replies =
    [
        typeof(SagaStepCompleted),
        typeof(SagaStepFailed),
        typeof(SagaCompensationCompleted),
        typeof(SagaCompensationFailed),
        typeof(SagaStepProgressed),
        typeof(SagaStepOutcomeReported),
    ];

    private static readonly Type[] Events =
    [
        typeof(SagaCompleted),
        typeof(SagaFailed),
        typeof(SagaParked),
        typeof(AlarmRaised),
        typeof(AlarmEscalated),
        typeof(AlarmCleared),
    ];

    private readonly Func<string, MessageFormat> formatOf;

    public WireContract(IReadOnlyList<Plan> plans, string orchestrator, Func<string, MessageFormat> formatOf)
    {
        (Plans, Orchestrator, this.formatOf) = (plans, orchestrator, formatOf);
        Steps = [.. PlanStep.Of(plans)];
        Participants = [.. Steps.Select(step => step.Participant).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        Messages = [.. Starts(), Signal(), .. Commands(), .. Enquiries(), .. Replies.Select(Reply), .. Events.Select(Event)];
        Written = [.. InEnvelopes(), .. InOtherFormats()];
        Results =
        [
            .. Steps
                .Where(step => step.Plan.ResultOf(step.Step.Name) is not null)
                .Select(step => new StepResult(
                    step.Name + ".result",
                    step,
                    step.Participant.Length > 0 ? $"{step} at {step.Participant}" : $"{step}, signal {step.Step.Signal}",
                    step.Plan.ResultOf(step.Step.Name)!.Shape
                )),
        ];
    }

    /// <summary>The orchestrator's queue, which is also its user.</summary>
    public string Orchestrator { get; }

    /// <summary>The participants' queues.</summary>
    public IReadOnlyList<string> Participants { get; }

    public IReadOnlyList<Plan> Plans { get; }

    public IReadOnlyList<PlanStep> Steps { get; }

    public IReadOnlyList<WireMessage> Messages { get; }

    /// <summary>The messages as they are written: those of participants with a format of their own stand beside the others.</summary>
    public IReadOnlyList<WireMessage> Written { get; }

    public IReadOnlyList<StepResult> Results { get; }

    /// <summary>The messages that are sent to an exchange.</summary>
    public IEnumerable<WireMessage> SentTo(string exchange) => Written.Where(message => message.Exchanges.Contains(exchange));

    /// <summary>A message as a participant gets or sends it.</summary>
    public WireMessage? At(string participant, WireType type) =>
        Written.FirstOrDefault(message => message.Type == type && message.Format == FormatOf(participant));

    /// <summary>In which format a participant is spoken to; the envelope for everybody else.</summary>
    public MessageFormat FormatOf(string name) => Participants.Contains(name) ? formatOf(name) : MessageFormat.Envelope;

    private IEnumerable<WireMessage> InEnvelopes() =>
        Messages
            .Select(message =>
                In(MessageFormat.Envelope, message) is var left && left.Count == message.Exchanges.Count
                    ? message
                    : message with
                    {
                        Exchanges = left,
                    }
            )
            .Where(message => message.Exchanges.Count > 0);

    private IEnumerable<WireMessage> InOtherFormats() =>
        from format in Participants.Select(formatOf).Distinct()
        where format != MessageFormat.Envelope
        from message in Messages
        let exchanges = message.Kind == MessageKind.Reply ? message.Exchanges : In(format, message)
        where exchanges.Count > 0 && message.Kind is MessageKind.Command or MessageKind.Enquiry or MessageKind.Reply
        select message with
        {
            Exchanges = exchanges,
            Format = format,
        };

    private List<string> In(MessageFormat format, WireMessage message) =>
        [.. message.Exchanges.Where(exchange => FormatOf(Queues.BehindExchange(exchange) ?? exchange) == format)];

    private IEnumerable<WireMessage> Starts() =>
        Plans
            .Where(plan => plan.StartType is not null)
            .GroupBy(plan => plan.StartType!)
            .Select(group => new WireMessage(
                WireType.Of(group.Key),
                MessageKind.Start,
                [Queues.ExchangeOf(Orchestrator)],
                [.. group.Select(plan => $"whoever starts {plan.Type}").Distinct(StringComparer.Ordinal)]
            ))
            .Append(
                new WireMessage(
                    WireType.Of(typeof(StartSaga)),
                    MessageKind.Start,
                    [Queues.ExchangeOf(Orchestrator)],
                    [.. Plans.Select(plan => $"whoever starts {plan.Type}").Distinct(StringComparer.Ordinal)]
                )
            );

    private WireMessage Signal() =>
        new(
            WireType.Of(typeof(SagaSignal)),
            MessageKind.Signal,
            [Queues.ExchangeOf(Orchestrator)],
            [.. Steps.Where(step => step.Step.Signal is not null).Select(step => $"whoever signals {step.Step.Signal} to {step}")]
        );

    private IEnumerable<WireMessage> Commands() =>
        from step in Steps
        from direction in new[] { Direction.Do, Direction.Undo }
        let type = step.Command(direction)
        where type is not null
        group (Step: step, Use: $"{step} ({PlanStep.Word(direction)}) at {step.Participant}") by type into uses
        select new WireMessage(
            uses.Key,
            MessageKind.Command,
            [.. uses.Select(use => Queues.ExchangeOf(use.Step.Participant)).Distinct(StringComparer.Ordinal)],
            [.. uses.Select(use => use.Use)]
        );

    private IEnumerable<WireMessage> Enquiries() =>
        Participants.Count == 0
            ? []
            :
            [
                new WireMessage(
                    WireType.Of(typeof(QueryOutcome)),
                    MessageKind.Enquiry,
                    [.. Participants.Select(Queues.ExchangeOf)],
                    [.. Participants.Select(Participant)]
                ),
            ];

    private WireMessage Reply(Type type) =>
        new(WireType.Of(type), MessageKind.Reply, [Queues.ExchangeOf(Orchestrator)], [.. Participants.Select(Participant)]);

    private static WireMessage Event(Type type) =>
        new(
            WireType.Of(type),
            MessageKind.Event,
            [OutgoingEnvelope.ExchangeOf(type)],
            [$"whoever binds a queue to {OutgoingEnvelope.ExchangeOf(type)}"]
        );

    private static string Participant(string name) => "participant " + name;
}
