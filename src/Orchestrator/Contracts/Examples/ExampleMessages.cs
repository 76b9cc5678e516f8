using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Senders;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>One message of each kind, written by what writes the real ones.</summary>
internal sealed class ExampleMessages
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly WireContract contract;
    private readonly string orchestrator;
    private readonly Dictionary<Plan, ExampleSaga> sagas;

    private ExampleMessages(WireContract contract)
    {
        this.contract = contract;
        orchestrator = Queues.ExchangeOf(contract.Orchestrator);
        sagas = contract.Plans.ToDictionary(plan => plan, plan => new ExampleSaga(plan, orchestrator));
    }

    public static IReadOnlyList<RecordedMessage> Of(WireContract contract)
    {
        var examples = new ExampleMessages(contract);
        return
        [
            .. examples.Starts(),
            .. examples.Signals(),
            .. examples.Commands(),
            .. examples.Enquiries(),
            .. examples.Replies(),
            .. examples.Events(),
            .. examples.Alarms(),
            .. examples.DeadLetters(),
            .. examples.Formats(),
        ];
    }

    /// <summary>The answers that are not usual, of each participant to its first command.</summary>
    public static IReadOnlyList<RecordedMessage> OtherReplies(WireContract contract)
    {
        var examples = new ExampleMessages(contract);
        return
        [
            .. from step in examples.StepOfEach()
            from reply in ExampleReplies.Others(examples.Saga(step), step)
            select examples.Reply($"reply.{step.Participant}.{reply.Name}", step, reply.Reply, reply.Command),
        ];
    }

    private IEnumerable<RecordedMessage> Starts() =>
        contract
            .Plans.Where(plan => plan.StartType is not null)
            .DistinctBy(plan => plan.StartType)
            .Select(plan => (Plan: plan, Start: plan.ExampleJson().Deserialize(plan.StartType!, SagaJson.Options)!))
            .Select(start => Record($"start.{start.Plan.Type}", orchestrator, start.Start, null, [], "client"))
            .Concat(contract.Plans.Take(1).Select(StartOfAnyType));

    private RecordedMessage StartOfAnyType(Plan plan) =>
        Record(
            "start",
            orchestrator,
            new StartSaga(plan.Type, JsonSerializer.SerializeToElement(plan.ExampleJson())),
            null,
            [],
            "client"
        );

    private IEnumerable<RecordedMessage> Signals() =>
        from step in contract.Steps
        where step.Step.Signal is not null
        let name = $"signal.{step.Name}"
        let signal = new SagaSignal
        {
            SagaId = Saga(step).Id,
            SignalId = IdOf(name + ".signal"),
            Name = step.Step.Signal!,
            Data = Saga(step).Result(step.Step.Name),
        }
        select Record(name, orchestrator, signal, Saga(step).Id, [], "client");

    private IEnumerable<RecordedMessage> Commands() =>
        from step in contract.Steps
        from direction in new[] { Direction.Do, Direction.Undo }
        let command = Saga(step).Command(step, direction)
        where command is not null
        select Command($"command.{step.Name}.{PlanStep.Word(direction)}", step, command);

    private IEnumerable<RecordedMessage> Enquiries() =>
        StepOfEach()
            .Select(step =>
                Command($"enquiry.{step.Participant}", step, new QueryOutcome(Enquiry: 1) { Saga = Saga(step).Context(step, Direction.Do) })
            );

    private IEnumerable<RecordedMessage> Replies()
    {
        var usual = contract
            .Steps.Where(step => step.Participant.Length > 0)
            .SelectMany(step =>
                ExampleReplies
                    .Usual(Saga(step), step)
                    .Select(reply => Reply($"reply.{step.Name}.{reply.Name}", step, reply.Reply, reply.Command))
            );
        var others = StepOfEach()
            .Take(1)
            .SelectMany(step =>
                ExampleReplies.Others(Saga(step), step).Select(reply => Reply($"reply.{reply.Name}", step, reply.Reply, reply.Command))
            );
        return usual.Concat(others);
    }

    private IEnumerable<RecordedMessage> Events()
    {
        if (contract.Plans.Count == 0)
        {
            yield break;
        }

        var (saga, step) = (sagas[contract.Plans[0]], contract.Steps[0].Step.Name);
        yield return Event(
            "event.completed",
            saga,
            new SagaCompleted
            {
                SagaId = saga.Id,
                SagaType = saga.Type,
                BusinessKey = saga.BusinessKey,
                At = At,
            }
        );
        yield return Event(
            "event.failed",
            saga,
            new SagaFailed
            {
                SagaId = saga.Id,
                SagaType = saga.Type,
                BusinessKey = saga.BusinessKey,
                At = At,
                FailedStep = step,
                Code = "not_possible",
                Reason = "It is not possible, and nothing happened.",
                Compensated = [],
            }
        );
        yield return Event(
            "event.parked",
            saga,
            new SagaParked
            {
                SagaId = saga.Id,
                SagaType = saga.Type,
                BusinessKey = saga.BusinessKey,
                At = At,
                Step = step,
                Code = "not_now",
                Reason = "It cannot be undone now. The effect is still there.",
            }
        );
    }

    private IEnumerable<RecordedMessage> Alarms() =>
        ExampleAlarms
            .At(At)
            .Select(alarm =>
                Record(alarm.Name, OutgoingEnvelope.ExchangeOf(alarm.Message.GetType()), alarm.Message, null, [], contract.Orchestrator)
            );

    // Of the first step: command and answer in each format that some participant might have.
    private IEnumerable<RecordedMessage> Formats() =>
        from step in StepOfEach().Take(1)
        from format in Enum.GetValues<MessageFormat>()
        where format != MessageFormat.Envelope
        let command = Saga(step).Command(step, Direction.Do)!
        let reply = ExampleReplies.Usual(Saga(step), step).First()
        let word = MessageFormats.Word(format)
        from example in new[]
        {
            Command($"format.{word}.command", step, command, format),
            Reply($"format.{word}.reply", step, reply.Reply, reply.Command, format),
        }
        select example;

    // Of each participant: its first command with an attempt that is none, as the participant finds it.
    private IEnumerable<RecordedMessage> DeadLetters()
    {
        foreach (var step in StepOfEach())
        {
            var command = Command($"dead-letter.{step.Participant}", step, Saga(step).Command(step, Direction.Do)!);
            var body = JsonNode.Parse(command.Body.Span)!;
            var message = MessageIn(body, command.Schema!.Format);
            message["saga"]!["attempt"] = 0;
            var refusals = Contract.Of(command.Schema.Shape).Check(Encoding.UTF8.GetBytes(message.ToJsonString()));
            var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(WireJson.Options));
            // A real one has a new id each time.
            var why = MalformedMessage
                .Headers(step.Participant, refusals, At.UtcDateTime)
                .Select(header =>
                    header.Key == SagaHeaders.DeadLetterId ? new(header.Key, IdOf(command.Name + ".letter").ToString()) : header
                );
            var letter = new DeadLetter(step.Participant, command.Properties, bytes, [.. why]);
            yield return new RecordedMessage(
                command.Name,
                Schema: null,
                Queues.ExchangeOf(Queues.DeadLetterOf(step.Participant)),
                letter.Whole(DeadLetter.UsualFrame, new MessageSenders(step.Participant, new SenderProofs())),
                bytes
            );
        }
    }

    private static JsonNode MessageIn(JsonNode body, MessageFormat format) =>
        format switch
        {
            MessageFormat.Envelope => body["message"]!,
            MessageFormat.CloudEvents => body["data"]!,
            _ => body,
        };

    private IEnumerable<PlanStep> StepOfEach() =>
        contract.Participants.Select(name =>
            contract.Steps.First(step => step.Participant == name && step.Command(Direction.Do) is not null)
        );

    private ExampleSaga Saga(PlanStep step) => sagas[step.Plan];

    private RecordedMessage Command(string name, PlanStep step, SagaCommand command, MessageFormat? other = null)
    {
        var format = other ?? contract.FormatOf(step.Participant);
        var asked = format == MessageFormat.Envelope ? command : command with { Saga = command.Saga! with { ReplyFormat = format } };
        var origin = MessageOrigin.Orchestrator(contract.Orchestrator);
        var exchange = Queues.ExchangeOf(step.Participant);
        return Record(name, exchange, asked, SagaHeaders.Of(command.Saga!), contract.Orchestrator, (format, origin));
    }

    private RecordedMessage Reply(string name, PlanStep step, SagaReply reply, CommandContext command, MessageFormat? other = null)
    {
        var (format, origin) = (other ?? contract.FormatOf(step.Participant), MessageOrigin.Step(step.Step.Name));
        return Record(name, command.ReplyTo, reply, SagaHeaders.Of(command), step.Participant, (format, origin));
    }

    private RecordedMessage Record(
        string name,
        string exchange,
        object message,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string user,
        (MessageFormat Format, MessageOrigin Origin) written
    )
    {
        var saga = message is SagaReply reply ? reply.SagaId : ((SagaCommand)message).Saga!.SagaId;
        if (written.Format == MessageFormat.Envelope)
        {
            return Record(name, exchange, message, saga, headers, user);
        }

        var schema = contract.Messages.First(known => known.Urn == UrnOf(message)) with { Format = written.Format };
        var sent = OutgoingFormats.Of(written.Format, exchange, message, IdOf(name), saga, headers, written.Origin with { At = At });
        return RecordedMessage.Of(
            name,
            contract.Written.FirstOrDefault(known => known.Name == schema.Name) ?? schema with { IsShown = true },
            sent,
            user
        );
    }

    private RecordedMessage Event(string name, ExampleSaga saga, SagaEvent message) =>
        Record(
            name,
            OutgoingEnvelope.ExchangeOf(message.GetType()),
            message,
            saga.Id,
            [new(SagaHeaders.SagaId, saga.Id.ToString()), new(SagaHeaders.SagaType, saga.Type)],
            contract.Orchestrator
        );

    private RecordedMessage Record(
        string name,
        string exchange,
        object message,
        Guid? correlationId,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string user
    )
    {
        using var unit = new UnitOfWork(inbox: null);
        unit.Send(exchange, message, IdOf(name), correlationId, headers);
        return RecordedMessage.Of(name, Envelope(message), unit.Messages[0], user);
    }

    private WireMessage Envelope(object message) =>
        contract.Written.FirstOrDefault(known => known.Urn == UrnOf(message) && known.Format == MessageFormat.Envelope)
        ?? contract.Messages.First(known => known.Urn == UrnOf(message));

    private static string UrnOf(object message) => message is JsonCommand json ? json.Urn : OutgoingEnvelope.NamesOf(message.GetType())[0];

    private static Guid IdOf(string name) => SagaIds.OfSaga("example", name);
}
