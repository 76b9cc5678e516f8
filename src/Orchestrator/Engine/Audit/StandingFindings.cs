using System.Globalization;
using SagaOrchestrator.Engine.Alarms;

namespace SagaOrchestrator.Engine.Audit;

/// <summary>What the auditor found and could not repair: one alarm for all of one kind.</summary>
internal sealed class StandingFindings(IAuditReports reports) : AlarmSource
{
    public override async Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken) =>
        [
            .. (await reports.Standing(cancellationToken)).Select(standing => new AlarmCause(
                AlarmKinds.Audit,
                standing.Kind,
                Sentence(standing)
            )),
        ];

    private static string Sentence(StandingKind standing)
    {
        var first = standing.First;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The auditor found {standing.Count} of the kind {standing.Kind}, the first at {first.Subject}"
                + $"{(first.Step is null ? string.Empty : $", step '{first.Step}'")}: {first.Detail} See GET /api/v1/audit."
        );
    }
}
