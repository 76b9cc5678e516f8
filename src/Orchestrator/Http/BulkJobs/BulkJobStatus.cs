using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.BulkJobs;

/// <summary>A bulk job.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Running, Paused, Stopped (by its stop rule; it can be resumed), Cancelled or Finished.</param>
/// <param name="StateReason">Why it is paused, stopped or cancelled, and by whom.</param>
/// <param name="Verb">What is done: retry, skip, resolve, cancel, pause, resume, extend, redrive or discard.</param>
/// <param name="Step">Only at this step.</param>
/// <param name="Outcome">Of a resolve: done or not-done.</param>
/// <param name="Filter">The filter that its items were found with as it was created.</param>
/// <param name="By">Who created it.</param>
/// <param name="Reason">Why.</param>
/// <param name="PerSecond">Items a second at most.</param>
/// <param name="Ramp">How many items are done before it looks at what came of them.</param>
/// <param name="SettleSeconds">How long it waits for that.</param>
/// <param name="StopAt">It stops when more than this share of a batch failed or is parked again.</param>
/// <param name="CreatedAt">UTC, on the database's clock.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
/// <param name="Total">How many items it has.</param>
/// <param name="Progress">What became of them until now; null in a list.</param>
/// <param name="Actions">What can be done with it now.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record BulkJobStatus(
    Guid Id,
    BulkState State,
    string? StateReason,
    string Verb,
    string? Step,
    string? Outcome,
    IReadOnlyDictionary<string, string> Filter,
    string By,
    string Reason,
    int PerSecond,
    IReadOnlyList<int> Ramp,
    double SettleSeconds,
    double StopAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    int Total,
    BulkJobProgress? Progress,
    IReadOnlyList<PossibleAction> Actions,
    BulkJobLinks Links
)
{
    public static BulkJobStatus Of(BulkJob job, ApiPaths paths, bool isListed = false)
    {
        var (action, pace) = (job.Order.Action, job.Order.Pace);
        var self = paths.BulkJob(job.Id);
        return new BulkJobStatus(
            job.Id,
            job.State,
            job.StateReason,
            VerbOf(action.Verb),
            action.Step,
            OutcomeOf(action.Verb),
            job.Order.Filter,
            job.Order.Note.Who,
            job.Order.Note.Why,
            pace.PerSecond,
            pace.Ramp,
            pace.Settle.TotalSeconds,
            pace.StopAt,
            job.CreatedAt,
            job.EndedAt,
            job.Total,
            isListed ? null : BulkJobProgress.Of(job),
            [.. ActionsOf(job.State).Select(action => new PossibleAction(action, $"{self}/{action.ToLowerInvariant()}"))],
            new BulkJobLinks(self, self + "/items")
        );
    }

    private static string[] ActionsOf(BulkState state) =>
        state switch
        {
            BulkState.Running => ["Pause", "Cancel"],
            BulkState.Paused or BulkState.Stopped => ["Resume", "Cancel"],
            _ => [],
        };

    private static string VerbOf(BulkVerb verb) =>
        verb switch
        {
            BulkVerb.Retry => BulkJobRequest.Retry,
            BulkVerb.Skip => BulkJobRequest.Skip,
            BulkVerb.Cancel => BulkJobRequest.Cancel,
            BulkVerb.Pause => BulkJobRequest.Pause,
            BulkVerb.Resume => BulkJobRequest.Resume,
            BulkVerb.Extend => BulkJobRequest.Extend,
            BulkVerb.Redrive => BulkJobRequest.Redrive,
            BulkVerb.Discard => BulkJobRequest.Discard,
            _ => BulkJobRequest.Resolve,
        };

    private static string? OutcomeOf(BulkVerb verb) =>
        verb switch
        {
            BulkVerb.ResolveAsDone => Resolution.Done,
            BulkVerb.ResolveAsNotDone => Resolution.NotDone,
            _ => null,
        };
}

/// <summary>What became of a job's items until now.</summary>
/// <param name="Pending">Waiting for their turn.</param>
/// <param name="Done">The action was carried out.</param>
/// <param name="Refused">The action was not possible as the saga stood. Nothing was changed.</param>
/// <param name="Failed">The action failed. Nothing was changed.</param>
/// <param name="Healed">Of those done: the saga has ended well, completed or with nothing of it left.</param>
/// <param name="EndedOtherwise">Of those done: the saga has ended, and effects of it are left.</param>
/// <param name="Parked">Of those done: the saga is parked.</param>
/// <param name="UnderWay">Of those done: the saga is under way.</param>
internal sealed record BulkJobProgress(
    int Pending,
    int Done,
    int Refused,
    int Failed,
    int Healed,
    int EndedOtherwise,
    int Parked,
    int UnderWay
)
{
    public static BulkJobProgress Of(BulkJob job)
    {
        var progress = job.Progress;
        return new BulkJobProgress(
            job.Total - progress.Done - progress.Refused - progress.Failed,
            progress.Done,
            progress.Refused,
            progress.Failed,
            progress.Healed,
            progress.EndedOtherwise,
            progress.Parked,
            progress.UnderWay
        );
    }
}

/// <summary>What a job would do, before anything is done.</summary>
/// <param name="Total">How many items it would have.</param>
/// <param name="Possible">How many of them would be carried out.</param>
/// <param name="Refused">How many would be refused, by code.</param>
/// <param name="Items">The first of them.</param>
internal sealed record BulkPreviewAnswer(
    int Total,
    int Possible,
    IReadOnlyDictionary<string, int> Refused,
    IReadOnlyList<BulkJobItem> Items
)
{
    public static BulkPreviewAnswer Of(BulkPreview preview, BulkAction action, ApiPaths paths) =>
        new(preview.Total, preview.Possible, preview.Refused, [.. preview.Items.Select(item => BulkJobItem.Of(item, action, paths))]);
}

/// <summary>One item of a job.</summary>
/// <param name="Number">Its place in the job, from 1.</param>
/// <param name="SagaId">The saga; null for a dead letter.</param>
/// <param name="Step">The step; null for the saga as a whole.</param>
/// <param name="DeadLetterId">The dead letter; null for a saga.</param>
/// <param name="Outcome">Pending, Done, Refused or Failed.</param>
/// <param name="Code">Why it was refused, or failed: a stable word.</param>
/// <param name="Reason">The same for people.</param>
/// <param name="At">When; null while it waits for its turn.</param>
/// <param name="Links">Where the saga, or the dead letter, is.</param>
internal sealed record BulkJobItem(
    int Number,
    Guid? SagaId,
    string? Step,
    Guid? DeadLetterId,
    BulkOutcome Outcome,
    string? Code,
    string? Reason,
    DateTimeOffset? At,
    BulkItemLinks Links
)
{
    public static BulkJobItem Of(BulkItem item, BulkAction action, ApiPaths paths)
    {
        var (id, isLetter) = (item.Target.Id, action.IsForDeadLetters);
        return new BulkJobItem(
            item.Number,
            isLetter ? null : id,
            item.Target.Step,
            isLetter ? id : null,
            item.Outcome,
            item.Code,
            item.Reason,
            item.At,
            isLetter ? new BulkItemLinks(null, paths.DeadLetter(id)) : new BulkItemLinks(paths.Saga(id), null)
        );
    }
}

/// <summary>Paths to follow.</summary>
/// <param name="Self">This job.</param>
/// <param name="Items">Its items.</param>
internal sealed record BulkJobLinks(string Self, string Items);

/// <summary>Paths to follow.</summary>
/// <param name="Saga">The saga; null for a dead letter.</param>
/// <param name="DeadLetter">The dead letter; null for a saga.</param>
internal sealed record BulkItemLinks(string? Saga, string? DeadLetter);
