using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>Carries out what a job asks for, one item at a time.</summary>
internal sealed class BulkActor(
    IBulkJobs jobs,
    SagaActor actor,
    ISagaStore store,
    PlanCatalogue plans,
    IntakeLimits limits,
    IBulkLetters letters
)
{
    /// <summary>
    /// Does it, and writes down what came of it: in one transaction when something was changed, so that an item that is repeated after a
    /// crash is done once.
    /// </summary>
    /// <returns>What came of it; null when the item had its result already.</returns>
    public async Task<BulkItem?> Act(BulkJob job, BulkItem item, CancellationToken cancellationToken)
    {
        var done = item with { Outcome = BulkOutcome.Done };
        try
        {
            var refused = await Refusal(job, done, cancellationToken);
            return refused is null ? done : await Refuse(job, item, refused, cancellationToken);
        }
        catch (NotOnThisNodeException exception)
        {
            return await Refuse(job, item, new Refuse(BulkRefusals.PlanVersionMissing, exception.Message), cancellationToken);
        }
        catch (Exception exception) when (!Transient.Is(exception) && exception is not ConcurrencyConflictException)
        {
            if (await jobs.HasResult(job.Id, item.Number, cancellationToken))
            {
                return null;
            }

            var failed = item with
            {
                Outcome = BulkOutcome.Failed,
                Code = "failed",
                Reason = $"{exception.GetBaseException().GetType().Name}. See the log.",
            };
            await jobs.Write(job.Id, failed, cancellationToken);
            return failed;
        }
    }

    /// <summary>
    /// The same for dead letters, together. A letter whose action is repeated after a crash is found done, because it is not in its queue
    /// any more.
    /// </summary>
    public async Task<IReadOnlyList<BulkItem>> ActOnLetters(BulkJob job, IReadOnlyList<BulkItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return [];
        }

        var results = await letters.Act(job.Order.Action.Verb, items, job.Order.Note, job.CreatedAt, cancellationToken);
        foreach (var result in results)
        {
            await jobs.Write(job.Id, result, cancellationToken);
        }

        return results;
    }

    private async Task<BulkItem> Refuse(BulkJob job, BulkItem item, Refuse refused, CancellationToken cancellationToken)
    {
        var result = item with { Outcome = BulkOutcome.Refused, Code = refused.Code, Reason = refused.Reason };
        await jobs.Write(job.Id, result, cancellationToken);
        return result;
    }

    // What the saga decides on, decides about the item; a saga that stays as it is has its result beside it.
    private async Task<Refuse?> Refusal(BulkJob job, BulkItem done, CancellationToken cancellationToken)
    {
        var (action, target) = (job.Order.Action, done.Target);
        if (BulkInputs.Of(action, target.Step, job.Order.Note) is not { } input)
        {
            return BulkRefusals.NothingToActOn;
        }

        if (action.Verb == BulkVerb.ResolveAsDone && await ResultRefusal(action, target, cancellationToken) is { } objection)
        {
            return objection;
        }

        var acted = await actor.Act(
            target.Id,
            input,
            action.Result,
            OperatorAction.Of(input, job.Order.Note.Origin),
            cancellationToken,
            new BulkResultWrite(jobs, job.Id, done)
        );
        if (acted is { Refused: null, IsChanged: false })
        {
            await jobs.Write(job.Id, done, cancellationToken);
        }

        return acted is null ? BulkRefusals.UnknownSaga : acted.Refused;
    }

    private async Task<Refuse?> ResultRefusal(BulkAction action, BulkTarget target, CancellationToken cancellationToken) =>
        (await store.Load(target.Id, cancellationToken)).Saga is { } saga && plans.TryGet(saga.Type, saga.PlanVersion) is { } plan
            ? BulkRefusals.OfResult(plan, saga, target.Step!, action.Result, limits)
            : null;
}
