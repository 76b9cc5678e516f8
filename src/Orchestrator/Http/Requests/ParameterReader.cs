using System.Globalization;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Requests;

/// <summary>Reads the values of query parameters, and notes everything that is wrong with them.</summary>
internal sealed class ParameterReader
{
    /// <summary>How many values one parameter has at most.</summary>
    public const int MostValues = 50;

    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public void Refuse(string name, string right) => errors.Add(new FieldError(name, right));

    public string[] Values(string name, string? given)
    {
        var values = Text(name, given)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (values.Length > MostValues || values.Contains(string.Empty))
        {
            Refuse(name, string.Create(CultureInfo.InvariantCulture, $"Give 1 to {MostValues} values, separated by commas."));
        }

        return values;
    }

    public string[] Words<T>(string name, string? given, params T[] except)
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

    public string? Text(string name, string? given)
    {
        if (given?.Contains('\0', StringComparison.Ordinal) == true)
        {
            Refuse(name, "The value holds a NUL character, which no saga can have.");
        }

        return given;
    }

    public int Number(string name, string? given, int usual, int least, int most)
    {
        if (given is null)
        {
            return usual;
        }

        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"Give a whole number from {least} to {most}."));
        return usual;
    }

    public long? Position(string name, string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return position;
        }

        Refuse(name, "Give the last that you have seen, a whole number from 0.");
        return null;
    }

    public TimeSpan? Duration(string name, string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (
            given.Length is >= 2 and <= 8
            && int.TryParse(given[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && given[^1] switch
            {
                's' => 1L,
                'm' => 60,
                'h' => 3600,
                'd' => 86400,
                _ => 0,
            }
                is > 0
                    and var seconds
        )
        {
            return TimeSpan.FromSeconds(Math.Min(number * seconds, 36500L * 86400));
        }

        Refuse(name, "Give a length of time like 30s, 5m, 2h or 1d.");
        return null;
    }

    public DateTimeOffset? Time(string name, string? given)
    {
        if (given is null)
        {
            return null;
        }

        if (
            DateTimeOffset.TryParseExact(
                given,
                ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            return time.ToUniversalTime();
        }

        Refuse(name, "Give a time like 2026-01-31T12:00:00Z, or a day like 2026-01-31.");
        return null;
    }

    public bool? Flag(string name, string? given)
    {
        if (given is not (null or "true" or "false"))
        {
            Refuse(name, "Give true or false.");
        }

        return given is null ? null : given == "true";
    }
}
