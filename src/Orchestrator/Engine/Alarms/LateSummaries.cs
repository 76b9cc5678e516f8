using System.Globalization;
using SagaOrchestrator.Engine.Queries;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Lists, counts and statistics that lag behind the sagas.</summary>
internal sealed class LateSummaries(ISagaQueries queries) : AlarmSource
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public override async Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken)
    {
        var lag = await queries.SummariesLag(cancellationToken);
        return lag < Late
            ? []
            :
            [
                new AlarmCause(
                    AlarmKinds.SummariesLate,
                    "summaries",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Lists, counts and statistics are {lag.TotalSeconds:0} seconds behind the sagas. Look in the log for event 51, "
                            + $"and at the database's load."
                    )
                ),
            ];
    }
}
