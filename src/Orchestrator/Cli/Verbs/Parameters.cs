using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>Parameters of an operation as options: <c>waitsLongerThan</c> is <c>--waits-longer-than</c>.</summary>
internal sealed partial class Parameters
{
    private readonly List<(string Name, Option Option, Func<ParseResult, string?> Value)> all = [];

    public IEnumerable<Option> Options => all.Select(one => one.Option).Concat(columns is null ? [] : columns.Options);

    private ColumnOptions? columns;

    public Parameters Text(string name, string description, string? option = null)
    {
        var made = new Option<string?>(option ?? OptionOf(name)) { Description = description, HelpName = "TEXT" };
        return Add(name, made, parsed => parsed.GetValue(made));
    }

    public Parameters Number(string name, string description)
    {
        var made = new Option<long?>(OptionOf(name)) { Description = description, HelpName = "N" };
        return Add(name, made, parsed => parsed.GetValue(made)?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>One or more values; of a few words when any are given.</summary>
    public Parameters Several(string name, string description, params string[] words)
    {
        var made = new Option<string[]>(OptionOf(name)) { Description = description, HelpName = words.Length == 0 ? "TEXT,…" : "WORD,…" };
        made.CompletionSources.Add(words);
        return Add(name, made, parsed => parsed.GetValue(made) is { Length: > 0 } values ? string.Join(',', values) : null);
    }

    public Parameters Word(string name, string description, params string[] words)
    {
        var made = new Option<string?>(OptionOf(name)) { Description = description, HelpName = string.Join('|', words) };
        made.CompletionSources.Add(words);
        return Add(name, made, parsed => parsed.GetValue(made));
    }

    public Parameters Flag(string name, string description)
    {
        var made = new Option<bool?>(OptionOf(name))
        {
            Description = description,
            HelpName = "true|false",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return Add(
            name,
            made,
            parsed =>
                parsed.GetResult(made) is null ? null
                : parsed.GetValue(made) == false ? "false"
                : "true"
        );
    }

    /// <summary>A time, a day, or how long ago: <c>2h</c>.</summary>
    public Parameters Time(string name, string description)
    {
        var made = new Option<string?>(OptionOf(name)) { Description = description, HelpName = "TIME" };
        return Add(name, made, parsed => parsed.GetValue(made) is { } text ? TimeOf(text, DateTimeOffset.UtcNow) : null);
    }

    public Parameters Range(string name, string what) =>
        Time(name + "From", $"{what} at this time or later: 2026-01-31, 2026-01-31T10:00:00Z, or 2h for two hours ago.")
            .Time(name + "Before", $"{what} before this time.");

    /// <summary>The columns that plans declare.</summary>
    public Parameters Columns()
    {
        columns = new ColumnOptions();
        return this;
    }

    public Query Query(ParseResult parsed) =>
        Values(parsed).Aggregate(Api.Query.None, (query, value) => query.With(value.Name, value.Value));

    public IEnumerable<(string Name, string Value)> Values(ParseResult parsed) =>
        all.Select(one => (one.Name, Value: one.Value(parsed)))
            .Where(one => one.Value is not null)
            .Select(one => (one.Name, one.Value!))
            .Concat(columns?.Values(parsed) ?? []);

    /// <summary>How the option of a parameter is called.</summary>
    public static string OptionOf(string name) => "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>A time as the API takes it.</summary>
    public static string TimeOf(string text, DateTimeOffset now)
    {
        var ago = Ago().Match(text);
        if (!ago.Success || !int.TryParse(ago.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return text;
        }

        var span = ago.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
        return span > now - DateTimeOffset.UnixEpoch
            ? text
            : (now - span).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private Parameters Add(string name, Option option, Func<ParseResult, string?> value)
    {
        all.Add((name, option, value));
        return this;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,6})(?<unit>[smhd])$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ago();
}
