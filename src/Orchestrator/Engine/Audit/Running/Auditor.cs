using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>One run of the auditor: looks at a bounded number of sagas, repairs what it safely can, and reports.</summary>
internal sealed class Auditor(
    IAuditStore store,
    SagaAudit sagas,
    CommandAudit commands,
    FenceAudit ends,
    IFences fences,
    AuditRepairs repairs,
    AuditMetrics metrics,
    AuditOptions options,
    ILogger<Auditor> log
)
{
    /// <summary>Runs once; null when another node does.</summary>
    public async Task<AuditRun?> Run(CancellationToken cancellationToken)
    {
        await using var turn = await store.Begin(cancellationToken);
        if (turn is null)
        {
            return null;
        }

        var unreadable = await fences.Look(cancellationToken);
        var ended = await turn.Ended(options.Ended, cancellationToken);
        HashSet<Guid> ids =
        [
            .. await turn.Standing(cancellationToken),
            .. ended,
            .. await turn.UnderWay(options.Sagas, cancellationToken),
            .. await turn.All(options.Sagas, cancellationToken),
        ];
        var unsure = new Unchecked();
        var judged = await sagas.Of(ids, unsure, cancellationToken);
        AuditedSaga[] all = [.. judged.Select(one => one.Saga)];
        var (awaited, lost) = await commands.Of(all, unsure, cancellationToken);
        var (compared, disagreements) = await ends.Of(all, unsure, cancellationToken);
        var (running, abandoned) = await store.Jobs(cancellationToken);
        var more = lost.Concat(disagreements).ToLookup(finding => finding.Subject, StringComparer.Ordinal);
        foreach (var (saga, findings) in judged)
        {
            findings.AddRange(more[saga.Id.ToString()]);
        }

        var (repaired, left) = await Repair(judged, cancellationToken);
        left.AddRange([.. abandoned, .. unreadable]);
        var run = await turn.Report(
            new AuditReport(
                new AuditCounts(all.Length, awaited, compared, running),
                [.. ids.Select(id => id.ToString())],
                unsure.Pairs,
                repaired,
                left
            ),
            cancellationToken
        );
        Tell(run, repaired, left);
        return run;
    }

    private async Task<(List<Finding> Repaired, List<Finding> Left)> Repair(
        IReadOnlyList<(AuditedSaga Saga, List<Finding> Findings)> judged,
        CancellationToken cancellationToken
    )
    {
        var (repaired, left) = (new List<Finding>(), new List<Finding>());
        foreach (var (saga, findings) in judged.Where(one => one.Findings.Count > 0))
        {
            var done = await repairs.Repair(saga, findings, cancellationToken);
            repaired.AddRange(done.Repaired);
            left.AddRange(done.Left);
        }

        return (repaired, left);
    }

    private void Tell(AuditRun run, List<Finding> repaired, List<Finding> left)
    {
        metrics.Ran(run, repaired, left);
        foreach (var finding in repaired)
        {
            AuditLog.Repaired(log, finding.Kind, finding.Subject, finding.Step, finding.Detail);
        }

        if (run.Found > repaired.Count)
        {
            AuditLog.Left(log, run.Left, string.Join(", ", left.Select(finding => finding.Kind).Distinct(StringComparer.Ordinal)));
        }
    }
}
