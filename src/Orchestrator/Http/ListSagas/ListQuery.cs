using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Reads what a list is asked for.</summary>
internal sealed class ListQuery(ParameterReader read)
{
    private static readonly Dictionary<string, SagaSort> Sorts = Enum.GetValues<SagaSort>()
        .ToDictionary(sort => JsonNamingPolicy.CamelCase.ConvertName(sort.ToString()), StringComparer.Ordinal);

    public SagaQuery Of(ListParameters asked, IQueryCollection query)
    {
        var (sort, oldestFirst) = Sort(asked.Sort);
        return new SagaQuery
        {
            Types = read.Values("type", asked.Type),
            PlanVersion = Version(asked.Version),
            States = read.Words<SagaState>("state", asked.State),
            Steps = read.Values("step", asked.Step),
            Participants = read.Values("participant", asked.Participant),
            WaitsFor = read.Words<ListedWait>("waitsFor", asked.WaitsFor),
            WaitsLongerThan = read.Duration("waitsLongerThan", asked.WaitsLongerThan),
            ErrorSteps = read.Values("errorStep", asked.ErrorStep),
            ErrorCodes = read.Values("errorCode", asked.ErrorCode),
            StuckCodes = read.Values("stuckCode", asked.StuckCode),
            Verdicts = read.Words<VerdictKind>("verdict", asked.Verdict),
            BusinessKey = read.Text("key", asked.Key),
            BusinessKeyPrefix = read.Text("keyPrefix", asked.KeyPrefix),
            Started = new TimeRange(read.Time("startedFrom", asked.StartedFrom), read.Time("startedBefore", asked.StartedBefore)),
            Updated = new TimeRange(read.Time("updatedFrom", asked.UpdatedFrom), read.Time("updatedBefore", asked.UpdatedBefore)),
            Ended = new TimeRange(read.Time("endedFrom", asked.EndedFrom), read.Time("endedBefore", asked.EndedBefore)),
            WasUndone = read.Flag("undone", asked.Undone),
            IsStuck = read.Flag("stuck", asked.Stuck),
            HasDeadLetters = read.Flag("deadLetters", asked.DeadLetters),
            Columns = [.. ColumnParameters.In(query)],
            Sort = sort,
            OldestFirst = oldestFirst,
        };
    }

    private int? Version(string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
        {
            read.Refuse("version", "The version is a whole number from 1.");
        }

        return version;
    }

    private (SagaSort Sort, bool OldestFirst) Sort(string? given)
    {
        var word = given?.TrimStart('-') ?? "started";
        var sort = Sorts.TryGetValue(word, out var known) ? known : (SagaSort?)null;
        if (sort is null || given?.StartsWith("--", StringComparison.Ordinal) == true)
        {
            read.Refuse("sort", "Give one of: started, updated, ended, waiting; with a minus for the newest first, like -started.");
        }

        return (sort ?? default, given is not null && given[0] != '-');
    }
}
