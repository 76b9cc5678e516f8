using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>Finds what a job acts on, and asks the decider what would come of it, without doing anything.</summary>
internal sealed class BulkPlanner(
    SagaSearch search,
    ISagaStore store,
    PlanCatalogue plans,
    ParticipantBreakers breakers,
    IntakeLimits limits,
    IBulkLetters letters,
    SensitiveSagas sensitive
)
{
    /// <summary>How many sagas a job can have.</summary>
    public const int MostSagas = 100_000;

    private const int ReadTogether = 256;

    /// <summary>Refuses a result for many sagas where it is about one person: it would be kept with the job, plain.</summary>
    /// <exception cref="InvalidQueryException">The step's result has marked members.</exception>
    public void Check(BulkAction action)
    {
        if (action is { Result: not null, Step: { } step } && plans.All.Any(plan => plan.ResultOf(step)?.IsSensitive == true))
        {
            throw new InvalidQueryException(
                "result",
                $"The result of '{step}' has values that are encrypted for one subject, so one result is not right for many sagas. Resolve "
                    + "them one by one."
            );
        }
    }

    /// <summary>What a filter finds, in its order, oldest first.</summary>
    /// <exception cref="InvalidQueryException">The filter cannot be asked, or finds more than a job can have.</exception>
    public async Task<IReadOnlyList<BulkTarget>> Targets(BulkAction action, SagaQuery query, CancellationToken cancellationToken)
    {
        var targets = new List<BulkTarget>();
        await foreach (var sagas in Found(query, cancellationToken))
        {
            targets.AddRange(sagas.SelectMany(saga => BulkInputs.Targets(action, saga.Saga)));
        }

        return targets;
    }

    /// <summary>What would come of it now.</summary>
    /// <param name="action">What would be done.</param>
    /// <param name="query">To which sagas.</param>
    /// <param name="note">Who would do it, and why.</param>
    /// <param name="listed">How many items are named.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The filter cannot be asked, or finds more than a job can have.</exception>
    public async Task<BulkPreview> Preview(
        BulkAction action,
        SagaQuery query,
        OperatorNote note,
        int listed,
        CancellationToken cancellationToken
    )
    {
        var (total, refused, items) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal), new List<BulkItem>());
        await foreach (var sagas in Found(query, cancellationToken))
        {
            foreach (var (saga, target) in sagas.SelectMany(saga => BulkInputs.Targets(action, saga.Saga).Select(target => (saga, target))))
            {
                var item = await Try(saga, target, action, note, cancellationToken);
                total++;
                if (item.Code is { } code)
                {
                    refused[code] = refused.GetValueOrDefault(code) + 1;
                }

                if (items.Count < listed)
                {
                    items.Add(item with { Number = total });
                }
            }
        }

        return new BulkPreview(total, total - refused.Values.Sum(), refused, items);
    }

    /// <summary>The dead letters that a query finds, the oldest first.</summary>
    /// <exception cref="InvalidQueryException">It finds more than a job can have.</exception>
    public async Task<IReadOnlyList<BulkTarget>> Targets(DeadLetterQuery query, CancellationToken cancellationToken) =>
        [.. (await Found(query, cancellationToken)).Reverse().Select(letter => new BulkTarget(letter.Id, Step: null))];

    /// <summary>What would come of it now: of a letter, nothing but its queue can tell.</summary>
    /// <exception cref="InvalidQueryException">It finds more than a job can have.</exception>
    public async Task<BulkPreview> Preview(DeadLetterQuery query, int listed, CancellationToken cancellationToken)
    {
        var targets = await Targets(query, cancellationToken);
        return new BulkPreview(
            targets.Count,
            targets.Count,
            new Dictionary<string, int>(),
            [.. targets.Take(listed).Select((target, index) => new BulkItem(index + 1, target, BulkOutcome.Done))]
        );
    }

    private async Task<IReadOnlyList<SagaDeadLetter>> Found(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        var found = await letters.Find(query, MostSagas + 1, cancellationToken);
        return found.Count <= MostSagas
            ? found
            : throw new InvalidQueryException(
                "filter",
                $"It finds more than {MostSagas} dead letters. Narrow it, for example by queue, reason or time."
            );
    }

    private async IAsyncEnumerable<List<(SagaInstance Saga, DateTimeOffset Now)>> Found(
        SagaQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var count = 0;
        var ids = new List<Guid>(ReadTogether);
        await foreach (var saga in search.Stream(query with { OldestFirst = true }, MostSagas + 1, cancellationToken))
        {
            if (++count > MostSagas)
            {
                throw new InvalidQueryException(
                    "filter",
                    $"It finds more than {MostSagas} sagas. Narrow it, for example by type, error code or time."
                );
            }

            ids.Add(saga.Id);
            if (ids.Count == ReadTogether)
            {
                yield return await Read(ids, cancellationToken);
                ids.Clear();
            }
        }

        if (ids.Count > 0)
        {
            yield return await Read(ids, cancellationToken);
        }
    }

    // They are asked for at once, and so read together.
    private async Task<List<(SagaInstance Saga, DateTimeOffset Now)>> Read(List<Guid> ids, CancellationToken cancellationToken)
    {
        var loaded = await Task.WhenAll(ids.Select(id => store.Load(id, cancellationToken)));
        return [.. loaded.Where(found => found.Saga is not null).Select(found => (found.Saga!, found.Now))];
    }

    private async ValueTask<BulkItem> Try(
        (SagaInstance Saga, DateTimeOffset Now) loaded,
        BulkTarget target,
        BulkAction action,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        var (refused, said) = BulkInputs.Of(action, target.Step, note) is { } input
            ? await Refusal(loaded.Saga, loaded.Now, input, action, cancellationToken)
            : (BulkRefusals.NothingToActOn, null);
        return refused is null
            ? new BulkItem(0, target, BulkOutcome.Done, Code: null, said)
            : new BulkItem(0, target, BulkOutcome.Refused, refused.Code, said is null ? refused.Reason : $"{refused.Reason} {said}");
    }

    // And with which values the plan has decided, where that does not go without saying.
    private async ValueTask<(Refuse? Refused, string? Said)> Refusal(
        SagaInstance saga,
        DateTimeOffset now,
        OperatorInput input,
        BulkAction action,
        CancellationToken cancellationToken
    )
    {
        if (plans.TryGet(saga.Type, saga.PlanVersion) is not { } plan)
        {
            return (BulkRefusals.PlanMissing(saga), null);
        }

        if (
            action is { Verb: BulkVerb.ResolveAsDone, Step: { } step }
            && BulkRefusals.OfResult(plan, saga, step, action.Result, limits) is { } objection
        )
        {
            return (objection, null);
        }

        // With a result the decider is asked alone: the plan's own check of the result stands above.
        if (action.Result is not null)
        {
            return (RefusalOf(Hypotheses.Of(plan.Definition)), null);
        }

        var (view, values) = await sensitive.Look(saga, plan, cancellationToken);
        return (RefusalOf(Hypotheses.Of(plan, view, limits)), values.Sentence());

        Refuse? RefusalOf(WhatIf whatIf) =>
            whatIf(saga.Progress, input, now, breakers.AbsenceOf).Decisions is [Refuse refused, ..] ? refused : null;
    }
}
