using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Simulator.Plans;
using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Running;

namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>
/// One saga, its participants, the broker and everything that is committed, in one thread. Used for one run after another.
/// </summary>
internal sealed class World
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid SagaId = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly Guid CommandKey = Guid.Parse("66666666-7777-8888-9999-000000000000");

    private readonly HashSet<Guid> sentIds = [];
    private int conditions;
    private int lastId;

    public World(Plant plant, Coverage coverage)
    {
        Plant = plant;
        Coverage = coverage;
        CannotMake = (name, direction) =>
            CommandFailure == (IndexOf(name), direction) ? new Failure(name, Failure.PlanFailed, "why") : null;
        AbsenceOf = participant =>
            IndexOf(participant) is >= 0 and var step && Absences[step] is { } kind ? new Absence(kind, Beginning, "why") : null;
        Applies = (name, _) => (conditions & (1 << (name[0] - 'a'))) != 0;
        Rules = new Rules(this);
        Orchestrator = new OrchestratorNode(this);
        Participants = new ParticipantNode(this);
        Handling = new Handling(this);
    }

    public Plant Plant { get; }

    public Coverage Coverage { get; }

    public Choices Choices { get; } = new();

    public Weights Weights { get; } = new();

    public Rules Rules { get; }

    public OrchestratorNode Orchestrator { get; }

    public ParticipantNode Participants { get; }

    public Handling Handling { get; }

    /// <summary>What happened, in words; null when nobody wants to know.</summary>
    public List<string>? Story { get; set; }

    public PlanDefinition Plan { get; private set; } = null!;

    public PlanDefinition NewerPlan { get; private set; } = null!;

    /// <summary>Whether a node with a newer plan version has come up.</summary>
    public bool Deployed { get; set; }

    /// <summary>Whether the participants have as many compensations in flight, for other sagas, as they may have.</summary>
    public bool IsBusyUndoing { get; set; }

    /// <summary>The step and direction for which the plan can make no command; null for none.</summary>
    public (int Step, Direction Direction)? CommandFailure { get; set; }

    /// <summary>What is known of each step's participant; null when it is there. One that is away takes nothing from its queue.</summary>
    public AbsenceKind?[] Absences { get; } = new AbsenceKind?[RandomPlan.MostSteps];

    /// <summary>Whether faults are over and everything must come to an end.</summary>
    public bool Calm { get; set; }

    public DateTimeOffset Now { get; set; }

    /// <summary>The saga's row.</summary>
    public SagaProgress Row { get; set; } = null!;

    public long RowVersion { get; set; }

    /// <summary>What another replica has read, some time ago.</summary>
    public SagaProgress StaleRow { get; set; } = null!;

    public long StaleVersion { get; set; }

    public FenceRow[] Fences { get; } = new FenceRow[RandomPlan.MostSteps];

    /// <summary>The attempt whose work was accepted and is still to be answered; null for none.</summary>
    public Message?[] Deferred { get; } = new Message?[RandomPlan.MostSteps];

    public bool[] SettledByOperator { get; } = new bool[RandomPlan.MostSteps];

    public HashSet<Guid> Inbox { get; } = [];

    public List<Message> Outbox { get; } = [];

    public List<Delivery> Broker { get; } = [];

    public List<Delivery> Dead { get; } = [];

    /// <summary>Every message that was committed. None may be lost.</summary>
    public List<Message> Sent { get; } = [];

    public List<string> OldTimers { get; } = [];

    public List<SignalReceived> Signals { get; } = [];

    public bool SubscriberKnows { get; set; }

    public Func<string, IReadOnlyList<Decision>, bool> Applies { get; }

    public Func<string, Direction, Failure?> CannotMake { get; }

    public Func<string, Absence?> AbsenceOf { get; }

    /// <summary>Sets everything back and draws what this run is like.</summary>
    public void Begin(PlanPool plans)
    {
        lastId = 0;
        (Deployed, Calm, SubscriberKnows, IsBusyUndoing, CommandFailure) = (false, false, false, false, null);
        var plan = Choices.Below(PlanPool.Size);
        Plan = plans[plan];
        NewerPlan = plans.Newer(plan);
        conditions = Choices.Below(1 << RandomPlan.MostSteps) | Choices.Below(1 << RandomPlan.MostSteps);
        Weights.Draw(Choices);
        Now = Beginning;
        Row = StaleRow = SagaProgress.New(SagaId, CommandKey, Plan, Now);
        RowVersion = StaleVersion = 1;
        Array.Clear(Absences);
        Array.Clear(Deferred);
        Array.Clear(SettledByOperator);
        for (var index = 0; index < Plan.Steps.Length; index++)
        {
            Fences[index] = new FenceRow(SagaId, Plan.Steps[index].Name);
        }

        Inbox.Clear();
        Outbox.Clear();
        Broker.Clear();
        Dead.Clear();
        Sent.Clear();
        sentIds.Clear();
        OldTimers.Clear();
        Signals.Clear();
        Rules.Begin();
        Commit(new Message(NewId(), MessageKind.Input) { Input = new Begin() });
    }

    public Guid NewId() => new(++lastId, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7);

    public int IndexOf(string step)
    {
        for (var index = 0; index < Plan.Steps.Length; index++)
        {
            if (Plan.Steps[index].Name == step)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>A step that waits for an operator; -1 when there is none.</summary>
    public int IndexOfStuck()
    {
        for (var index = 0; index < Row.Steps.Length; index++)
        {
            if (Row.Steps[index].Wait == Wait.Operator)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Writes a message to an outbox, in a transaction that has just committed.</summary>
    public void Commit(Message message)
    {
        if (!sentIds.Add(message.Id))
        {
            throw new Violation("S10", $"two messages have the same id, so the second one would not be handled: {message}");
        }

        Outbox.Add(message);
        Sent.Add(message);
    }

    /// <summary>Whether a message is for a participant that is away, so that it stays in its queue.</summary>
    public bool IsKept(Message message) =>
        message.Kind is MessageKind.Do or MessageKind.Undo or MessageKind.Enquiry && Absences[message.Step] == AbsenceKind.Away;

    /// <summary>Whether a message is for a participant that takes it and answers nothing.</summary>
    public bool IsSwallowed(Message message) =>
        message.Kind is MessageKind.Do or MessageKind.Undo or MessageKind.Enquiry && Absences[message.Step] == AbsenceKind.Silent;

    public void Tell(string what) => Story?.Add(what);
}
