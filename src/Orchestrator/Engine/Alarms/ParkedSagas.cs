using System.Globalization;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Sagas that wait for an operator, by type, step and code: one alarm for a thousand of one cause.</summary>
internal sealed class ParkedSagas(ISummaries summaries) : AlarmSource
{
    // Of more, the rest is one cause: there is no alarm for each.
    private const int MostGroups = 100;
    private static readonly string Parked = nameof(SagaState.Parked);

    public override async Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken)
    {
        var groups = await summaries.Group(
            source =>
                source
                    .All.Where(saga => saga.State == Parked)
                    .GroupBy(saga => new
                    {
                        saga.Type,
                        saga.StuckStep,
                        saga.StuckCode,
                    })
                    .OrderByDescending(group => group.Count())
                    .Take(MostGroups)
                    .Select(group => new ParkedGroup(
                        group.Key.Type,
                        group.Key.StuckStep,
                        group.Key.StuckCode,
                        group.Count(),
                        group.Min(saga => saga.UpdatedAt)
                    )),
            cancellationToken
        );
        return [.. groups.Select(group => new AlarmCause(AlarmKinds.Parked, $"{group.Type}/{group.Step}/{group.Code}", Sentence(group)))];
    }

    private static string Sentence(ParkedGroup group) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Count} {(group.Count == 1 ? "saga waits" : "sagas wait")} for an operator at {group.Step} ({group.Code}), "
                + $"the first since {group.Oldest.UtcDateTime:yyyy-MM-dd HH:mm}Z. See GET "
                + $"/api/v1/sagas?state=Parked&type={group.Type}&step={group.Step}&stuckCode={group.Code}, "
                + $"then act on one, or on all with a bulk job."
        );
}

/// <summary>Sagas that are parked for one cause.</summary>
internal sealed record ParkedGroup(string Type, string? Step, string? Code, int Count, DateTimeOffset Oldest);
