using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Reads what a list is asked for, and notes everything that is wrong with it.</summary>
internal sealed class ListQuery
{
    private const int MostValues = 50;
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public SagaQuery Of(ListParameters asked, IQueryCollection query)
    {
        var (sort, oldestFirst) = Sort(asked.Sort);
        return new SagaQuery
        {
            Types = Values("type", asked.Type),
            PlanVersion = Version(asked.Version),
            States = Words<SagaState>("state", asked.State),
            Steps = Values("step", asked.Step),
            WaitsFor = Words<Wait>("waitsFor", asked.WaitsFor, Wait.None),
            WaitsLongerThan = Duration("waitsLongerThan", asked.WaitsLongerThan),
            ErrorSteps = Values("errorStep", asked.ErrorStep),
            ErrorCodes = Values("errorCode", asked.ErrorCode),
            BusinessKey = Text("key", asked.Key),
            BusinessKeyPrefix = Text("keyPrefix", asked.KeyPrefix),
            Started = new TimeRange(Time("startedFrom", asked.StartedFrom), Time("startedBefore", asked.StartedBefore)),
            Updated = new TimeRange(Time("updatedFrom", asked.UpdatedFrom), Time("updatedBefore", asked.UpdatedBefore)),
            Ended = new TimeRange(Time("endedFrom", asked.EndedFrom), Time("endedBefore", asked.EndedBefore)),
            WasUndone = Flag("undone", asked.Undone),
            IsStuck = Flag("stuck", asked.Stuck),
            Columns = [.. ColumnParameters.In(query)],
            Sort = sort,
            OldestFirst = oldestFirst,
        };
    }

    private string[] Values(string name, string? given)
    {
        var values = Text(name, given)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (values.Length > MostValues || values.Contains(string.Empty))
        {
            Refuse(name, string.Create(CultureInfo.InvariantCulture, $"Give 1 to {MostValues} values, separated by commas."));
        }

        return values;
    }

    private string[] Words<T>(string name, string? given, params T[] except)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Except(except.Select(word => word.ToString())).ToArray();
        var values = Values(name, given);
        if (values.Except(words).Any())
        {
            Refuse(name, $"Give one or more of: {string.Join(", ", words)}.");
        }

        return values;
    }

    private string? Text(string name, string? given)
    {
        if (given?.Contains('\0', StringComparison.Ordinal) == true)
        {
            Refuse(name, "The value holds a NUL character, which no saga can have.");
        }

        return given;
    }

    private int? Version(string? given)
    {
        if (given is null || (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0))
        {
            return given is null ? null : int.Parse(given, CultureInfo.InvariantCulture);
        }

        Refuse("version", "The version is a whole number from 1.");
        return null;
    }

    private TimeSpan? Duration(string name, string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (given.Length is >= 2 and <= 8 && int.TryParse(given[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && given[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } is > 0 and var seconds)
        {
            return TimeSpan.FromSeconds(Math.Min(number * seconds, 36500L * 86400));
        }

        Refuse(name, "Give a length of time like 30s, 5m, 2h or 1d.");
        return null;
    }

    private DateTimeOffset? Time(string name, string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            given, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUniversalTime();
        }

        Refuse(name, "Give a time like 2026-01-31T12:00:00Z, or a day like 2026-01-31.");
        return null;
    }

    private bool? Flag(string name, string? given)
    {
        if (given is not (null or "true" or "false"))
        {
            Refuse(name, "Give true or false.");
        }

        return given is null ? null : given == "true";
    }

    private (SagaSort Sort, bool OldestFirst) Sort(string? given)
    {
        var word = given?.TrimStart('-') ?? "started";
        var sort = Words().TryGetValue(word, out var known) ? known : (SagaSort?)null;
        if (sort is null || given?.StartsWith("--", StringComparison.Ordinal) == true)
        {
            Refuse("sort", "Give one of: started, updated, ended, waiting; with a minus for the newest first, like -started.");
        }

        return (sort ?? default, given is not null && given[0] != '-');
    }

    private static Dictionary<string, SagaSort> Words() =>
        Enum.GetValues<SagaSort>().ToDictionary(sort => JsonNamingPolicy.CamelCase.ConvertName(sort.ToString()), StringComparer.Ordinal);

    private void Refuse(string name, string right) => errors.Add(new FieldError(name, right));
}
