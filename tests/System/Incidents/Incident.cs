using System.Text.Json;
using System.Text.RegularExpressions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>An incident as docs/operating.md walks it.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Alarm">The alarm that stands; null when none does.</param>
/// <param name="Calls">What is typed, in order, for HTTP.</param>
/// <param name="Console">The way through the console: pages, links and buttons.</param>
/// <param name="Terminal">What is typed in a terminal, in order.</param>
internal sealed partial record Incident(
    string Title,
    ShownAlarm? Alarm,
    IReadOnlyList<Call> Calls,
    string Console,
    IReadOnlyList<string> Terminal
)
{
    private const string Section = "## Ten incidents";
    private const string Prompt = "$ ";

    public static IReadOnlyList<Incident> All { get; } = Read();

    public static Incident Of(string title) => All.Single(incident => incident.Title == title);

    private static IReadOnlyList<Incident> Read()
    {
        var page = File.ReadAllText(Path.Combine(TestServers.Root, "docs/operating.md"));
        var begin = page.IndexOf(Section, StringComparison.Ordinal);
        begin.ShouldBeGreaterThan(0, $"docs/operating.md has no '{Section}'");
        var end = page.IndexOf("\n## ", begin, StringComparison.Ordinal);
        return [.. page[begin..end].Split("\n### ").Skip(1).Select(Parse)];
    }

    private static Incident Parse(string text)
    {
        var parts = Typed().Match(text).Groups["typed"].Value.Split("\n" + Prompt);
        var alarm = parts[0].Trim();
        return new Incident(
            text.Split('\n')[0],
            alarm.Length == 0 ? null : ShownAlarm.Of(alarm),
            [.. parts.Skip(1).Select(Call.Of)],
            Way().Match(text).Groups["way"].Value,
            Commands()
                .Match(text)
                .Groups["typed"]
                .Value.Replace("\\\n    ", string.Empty, StringComparison.Ordinal)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [GeneratedRegex("```console(?<typed>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Typed();

    [GeneratedRegex(@"^Console: \*(?<way>[^*]*)\*", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Way();

    [GeneratedRegex("```sh\n(?<typed>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();
}

/// <summary>An alarm as the page shows it: kind, subject and detail.</summary>
internal sealed record ShownAlarm(string Kind, string Subject, string Detail)
{
    public static ShownAlarm Of(string line)
    {
        var (head, detail) = (line.Split(": ", 2)[0], line.Split(": ", 2)[1]);
        return new ShownAlarm(head.Split(' ')[0], head.Split(' ')[1], detail);
    }

    public bool IsAbout(JsonElement alarm) =>
        Shown.IsText(Kind, alarm.GetProperty("kind").GetString()!) && Shown.IsText(Subject, alarm.GetProperty("subject").GetString()!);

    public bool Is(JsonElement alarm) => IsAbout(alarm) && Shown.IsText(Detail, alarm.GetProperty("detail").GetString()!);
}

/// <summary>What is typed, and what of the answer is shown; null when nothing is.</summary>
internal sealed record Call(string Command, JsonElement? Seen)
{
    /// <summary>Whether it only reads.</summary>
    public bool IsRead => !Command.Contains("--json", StringComparison.Ordinal);

    public static Call Of(string text)
    {
        var answer = text.IndexOf("\n{", StringComparison.Ordinal);
        return answer < 0 ? new Call(text.Trim(), null) : new Call(text[..answer], JsonElement.Parse(text[answer..]));
    }
}
