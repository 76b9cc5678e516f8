using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>
/// A breaker for each participant that a plan names, and what operators have stopped (rule S38). Every node sees for itself.
/// </summary>
internal sealed class ParticipantBreakers
{
    private readonly PlanCatalogue plans;
    private readonly BreakerOptions options;
    private volatile FrozenDictionary<string, ParticipantBreaker> participants = FrozenDictionary<string, ParticipantBreaker>.Empty;
    private volatile FrozenDictionary<string, BreakerSetting> stoppedTypes = FrozenDictionary<string, BreakerSetting>.Empty;

    public ParticipantBreakers(PlanCatalogue plans, BreakerOptions options, IMeterFactory meters)
    {
        (this.plans, this.options) = (plans, options);
        Learn();
        plans.Added += (_, _) => Learn();
        AbsenceOf = name => participants.GetValueOrDefault(name)?.Absence;
        BreakerMetrics.Show(meters, () => Statuses);
    }

    /// <summary>What the decider is told of a participant.</summary>
    public Func<string, Absence?> AbsenceOf { get; }

    public IEnumerable<string> Names => participants.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<BreakerStatus> Statuses =>
        participants.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Status);

    public BreakerStatus? StatusOf(string participant) => participants.GetValueOrDefault(participant)?.Status;

    /// <summary>Who has stopped the starting of such sagas; null when they can be started.</summary>
    public BreakerSetting? StopOf(string sagaType) => stoppedTypes.GetValueOrDefault(sagaType);

    /// <summary>Looks at all once more, on one thread.</summary>
    /// <returns>Those whose state is another one now.</returns>
    public IReadOnlyList<BreakerStatus> Look(
        DateTimeOffset now,
        IReadOnlyDictionary<string, QueueCounts?> queues,
        IReadOnlyList<BreakerSetting> settings
    )
    {
        stoppedTypes = settings
            .Where(setting => setting is { Kind: BreakerKind.SagaType, State: BreakerSetting.Open })
            .ToFrozenDictionary(setting => setting.Name, StringComparer.Ordinal);
        var set = settings
            .Where(setting => setting.Kind == BreakerKind.Participant)
            .ToDictionary(setting => setting.Name, StringComparer.Ordinal);
        return
        [
            .. participants
                .Where(pair => pair.Value.Look(now, queues.GetValueOrDefault(pair.Key), set.GetValueOrDefault(pair.Key)))
                .Select(pair => pair.Value.Status),
        ];
    }

    /// <summary>Notes what an input says of a participant.</summary>
    /// <param name="saga">The saga before the decision.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="input">What happened.</param>
    /// <param name="decided">What was decided.</param>
    public void Note(SagaInstance saga, PlanDefinition plan, SagaInput input, Decided decided)
    {
        switch (input)
        {
            case ReplyInput reply when Find(plan, reply.Step) is { } answered && (reply.From is null || reply.From == answered.Participant):
                participants.GetValueOrDefault(answered.Participant)?.Activity.Answered(saga.Now);
                break;
            case TimerFired fired
                when !decided.Decisions.IsEmpty
                    && FindArmed(saga.Progress, fired.Timer) is { } armed
                    && Find(plan, armed.Name) is { Signal: null } planned:
                Note(participants.GetValueOrDefault(planned.Participant), saga.CorrelationId, armed, planned, decided);
                break;
        }
    }

    // One that there is keeps what it knows.
    private void Learn() =>
        participants = plans
            .All.SelectMany(plan => plan.Definition.Steps)
            .Select(step => step.Participant)
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(
                name => name,
                name => participants.GetValueOrDefault(name) ?? new ParticipantBreaker(name, options),
                StringComparer.Ordinal
            );

    private static void Note(ParticipantBreaker? breaker, Guid saga, StepProgress armed, StepDefinition planned, Decided decided)
    {
        if (breaker is { Absence: null } && armed is { Wait: Wait.Reply or Wait.Enquiry, Absence: null })
        {
            breaker.Activity.TimedOut(saga, armed.DueAt!.Value - planned.Timeout);
        }
        else if (
            breaker is { Absence.Kind: AbsenceKind.Probed }
            && decided.Decisions.Any(decision => decision is SendCommand or SendEnquiry)
        )
        {
            breaker.Probed();
        }
    }

    private static StepDefinition? Find(PlanDefinition plan, string name)
    {
        foreach (var step in plan.Steps)
        {
            if (step.Name == name)
            {
                return step;
            }
        }

        return null;
    }

    private static StepProgress? FindArmed(SagaProgress progress, string timer)
    {
        foreach (var step in progress.Steps)
        {
            if (
                step.Wait != Wait.None
                && step.DueAt is not null
                && timer.StartsWith(step.Name, StringComparison.Ordinal)
                && step.Timer?.Name == timer
            )
            {
                return step;
            }
        }

        return null;
    }
}
