using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Explaining;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Timelines;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Explains sagas as they are now. Queues and breakers are as this node saw them last, a second ago at most; so no call waits for the
/// broker.
/// </summary>
public sealed class SagaExplanations
{
    // Beyond it the times of steps in the middle of a long history are left out; its beginning and its end tell the rest.
    private const int MostEntries = 1000;
    private const int LastEntries = 200;

    private readonly ISagaStore store;
    private readonly ISagaQueries queries;
    private readonly PlanCatalogue plans;
    private readonly ParticipantBreakers breakers;
    private readonly IntakeLimits limits;
    private readonly SensitiveSagas sensitive;

    internal SagaExplanations(
        ISagaStore store,
        ISagaQueries queries,
        PlanCatalogue plans,
        ParticipantBreakers breakers,
        IntakeLimits limits,
        SensitiveSagas sensitive
    ) =>
        (this.store, this.queries, this.plans, this.breakers, this.limits, this.sensitive) = (
            store,
            queries,
            plans,
            breakers,
            limits,
            sensitive
        );

    /// <summary>What a saga does and why, what comes next, and what could be done.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such saga.</returns>
    /// <exception cref="Messaging.Failures.NotOnThisNodeException">This node lacks the saga's plan version.</exception>
    public async Task<SagaExplanation?> Explain(Guid sagaId, CancellationToken cancellationToken)
    {
        var (saga, now) = await store.Load(sagaId, cancellationToken);
        return saga is null
            ? null
            : await Explain(
                saga,
                plans.Get(saga.Type, saga.PlanVersion),
                now,
                Participants,
                (await Histories([saga], cancellationToken))[saga.CorrelationId],
                cancellationToken
            );
    }

    /// <summary>The same for several sagas, read together. Those that there are not are left out.</summary>
    /// <param name="sagaIds">The sagas.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By saga; null where this node lacks the plan version.</returns>
    public async Task<IReadOnlyDictionary<Guid, SagaExplanation?>> ExplainAll(
        IReadOnlyCollection<Guid> sagaIds,
        CancellationToken cancellationToken
    )
    {
        var loaded = await store.Load(sagaIds, cancellationToken);
        var histories = await Histories([.. loaded.Select(one => one.Saga!)], cancellationToken);
        var explained = new Dictionary<Guid, SagaExplanation?>(loaded.Count);
        foreach (var (saga, now) in loaded.Select(one => (one.Saga!, one.Now)))
        {
            explained[saga.CorrelationId] = plans.TryGet(saga.Type, saga.PlanVersion) is { } plan
                ? await Explain(saga, plan, now, Participants, histories[saga.CorrelationId], cancellationToken)
                : null;
        }

        return explained;
    }

    /// <summary>
    /// A saga as it was when it was read, and its explanation. It is the same for the same version: what is known of participants is left
    /// out.
    /// </summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="isKnown">Whether the caller knows a version already, so that it is not explained again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such saga. The explanation is null when this node lacks the plan version, or the version is
    /// known.</returns>
    public async Task<ExplainedSaga?> Get(Guid sagaId, Func<long, bool> isKnown, CancellationToken cancellationToken)
    {
        var (saga, _) = await store.Load(sagaId, cancellationToken);
        if (saga is null)
        {
            return null;
        }

        return isKnown(saga.Version) || plans.TryGet(saga.Type, saga.PlanVersion) is null
            ? new ExplainedSaga(new SagaSnapshot(saga), null)
            : await AsItWas(saga, await Histories([saga], cancellationToken), cancellationToken);
    }

    /// <summary>The same for several sagas, read together. Those that there are not are left out.</summary>
    /// <param name="sagaIds">The sagas.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<Guid, ExplainedSaga>> GetAll(
        IReadOnlyCollection<Guid> sagaIds,
        CancellationToken cancellationToken
    )
    {
        SagaInstance[] sagas = [.. (await store.Load(sagaIds, cancellationToken)).Select(one => one.Saga!)];
        var histories = await Histories(sagas, cancellationToken);
        var explained = new Dictionary<Guid, ExplainedSaga>(sagas.Length);
        foreach (var saga in sagas)
        {
            explained[saga.CorrelationId] = await AsItWas(saga, histories, cancellationToken);
        }

        return explained;
    }

    /// <summary>What happened to a saga, in order, and what each entry came of.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="after">The version after which to go on; 0 for the beginning.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such saga.</returns>
    public async Task<IReadOnlyList<TimelineEntry>?> Timeline(Guid sagaId, int after, int limit, CancellationToken cancellationToken)
    {
        var timelines = await Timelines([sagaId], after, limit, cancellationToken);
        return timelines.GetValueOrDefault(sagaId);
    }

    /// <summary>The same for several sagas, read together. Those that there are not are left out.</summary>
    /// <param name="sagaIds">The sagas.</param>
    /// <param name="after">The version after which to go on; 0 for the beginning.</param>
    /// <param name="limit">How many entries of each at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<TimelineEntry>>> Timelines(
        IReadOnlyCollection<Guid> sagaIds,
        int after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var loaded = await store.Load(sagaIds, cancellationToken);
        // The first entry of a turn tells the cause of all of them, so a page begins before its beginning.
        var from = Math.Max(0, after - LastEntries);
        var places = loaded.Select(one => new HistoryPlace(one.Saga!.CorrelationId, from));
        var rows = await queries.History([.. places], limit + (after - from), cancellationToken);
        return loaded.ToDictionary(one => one.Saga!.CorrelationId, one => Timeline(one.Saga!, rows[one.Saga!.CorrelationId], after));
    }

    /// <summary>A saga's next timer, and what it will do; null when it has none, or is gone.</summary>
    internal async Task<UpcomingTimer?> NextTimer(Guid sagaId, CancellationToken cancellationToken)
    {
        var (saga, now) = await store.Load(sagaId, cancellationToken);
        if (saga?.Progress.NextTimer is not { } next)
        {
            return null;
        }

        TimerExplanation? timer = null;
        if (plans.TryGet(saga.Type, saga.PlanVersion) is { } plan)
        {
            var (view, values) = await sensitive.Look(saga, plan, cancellationToken);
            timer = SagaExplainer.NextTimer(
                new SagaFacts(plan.Definition, saga.Progress, now)
                {
                    Participants = Participants(plan.Definition).ToDictionary(participant => participant.Name),
                    MarkedValues = values,
                    WhatIf = Hypotheses.Of(plan, view, limits),
                }
            );
        }

        return new UpcomingTimer(saga.CorrelationId, saga.Type, saga.PlanVersion, saga.BusinessKey, next.DueAt, timer);
    }

    private IReadOnlyList<TimelineEntry> Timeline(SagaInstance saga, IEnumerable<HistoryRow> rows, int after)
    {
        var plan = plans.TryGet(saga.Type, saga.PlanVersion)?.Definition;
        return [.. Explanations.Timelines.Timeline.Of(plan, [.. rows.Select(Past)]).Where(entry => entry.Event.Version > after)];
    }

    // What is known of participants is left out.
    private async Task<ExplainedSaga> AsItWas(SagaInstance saga, ILookup<Guid, PastEvent> histories, CancellationToken cancellationToken)
    {
        var snapshot = new SagaSnapshot(saga);
        return new ExplainedSaga(
            snapshot,
            plans.TryGet(saga.Type, saga.PlanVersion) is { } plan
                ? await Explain(saga, plan, snapshot.UpdatedAt, _ => [], histories[saga.CorrelationId], cancellationToken)
                : null
        );
    }

    private async Task<SagaExplanation> Explain(
        SagaInstance saga,
        Plan plan,
        DateTimeOffset now,
        Func<PlanDefinition, IEnumerable<ParticipantFacts>> participants,
        IEnumerable<PastEvent> history,
        CancellationToken cancellationToken
    )
    {
        var (view, values) = await sensitive.Look(saga, plan, cancellationToken);
        return SagaExplainer.Explain(
            new SagaFacts(plan.Definition, saga.Progress, now)
            {
                BusinessKey = saga.BusinessKey,
                StartedAt = saga.StartedAt,
                EndedAt = saga.EndedAt,
                TraceId = TraceIdOf(saga.TraceParent),
                History = [.. history],
                Participants = participants(plan.Definition).ToDictionary(participant => participant.Name),
                StepsWithResult = plan
                    .Definition.Steps.Select(step => step.Name)
                    .Where(step => plan.ResultOf(step) is { Shape.IsNullable: false })
                    .ToHashSet(),
                MarkedValues = values,
                WhatIf = Hypotheses.Of(plan, view, limits),
            }
        );
    }

    private async Task<ILookup<Guid, PastEvent>> Histories(IReadOnlyCollection<SagaInstance> sagas, CancellationToken cancellationToken)
    {
        var firsts = await queries.History(
            [.. sagas.Select(saga => new HistoryPlace(saga.CorrelationId, 0))],
            MostEntries,
            cancellationToken
        );
        SagaInstance[] longOnes = [.. sagas.Where(saga => saga.HistoryVersion > MostEntries)];
        var lasts =
            longOnes.Length == 0
                ? null
                : await queries.History(
                    [
                        .. longOnes.Select(saga => new HistoryPlace(
                            saga.CorrelationId,
                            Math.Max(MostEntries, saga.HistoryVersion - LastEntries)
                        )),
                    ],
                    LastEntries,
                    cancellationToken
                );
        return sagas
            .Select(saga => saga.CorrelationId)
            .SelectMany(id => firsts[id].Concat(lasts?[id] ?? []).Select(row => (Saga: id, Past: Past(row))))
            .ToLookup(entry => entry.Saga, entry => entry.Past);
    }

    private IEnumerable<ParticipantFacts> Participants(PlanDefinition plan) =>
        plan
            .Steps.Select(step => step.Participant)
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Select(name => Of(name, breakers.StatusOf(name)));

    private ParticipantFacts Of(string name, BreakerStatus? status) =>
        new(name)
        {
            Messages = status?.Queue?.Messages,
            Consumers = status?.Queue?.Consumers,
            Breaker = status?.State.ToString(),
            Absence = breakers.AbsenceOf(name),
        };

    private static PastEvent Past(HistoryRow row) => new(row.Version, row.At, row.MessageId, row.Entry);

    // Version, trace, span and flags, with a dash between them (W3C Trace Context).
    private static string? TraceIdOf(string? traceParent) => traceParent?.Split('-') is [_, { Length: 32 } trace, ..] ? trace : null;
}

/// <summary>A saga and its explanation.</summary>
/// <param name="Saga">The saga, as it was when it was read.</param>
/// <param name="Explanation">What it does; null when this node lacks its plan version, or when it was not asked for.</param>
public sealed record ExplainedSaga(SagaSnapshot Saga, SagaExplanation? Explanation);
