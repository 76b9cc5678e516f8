using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs.Acting;

/// <summary>Until when: a time, or how much longer from now on.</summary>
internal sealed class Until
{
    public Option<string> Option { get; } =
        new("--until")
        {
            Description = "A time with its zone, like 2026-12-24T18:00:00Z, or how much longer from now on: 30m, 12h, 3d.",
            HelpName = "TIME",
            Required = true,
        };

    public string Of(Call call)
    {
        var given = call.Value(Option)!;
        return (Longer(given) ?? Time(given))?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            ?? throw FailureException.Usage($"--until '{given}' is no time.", "Write --until 12h, or --until 2026-12-24T18:00:00Z");
    }

    private static DateTimeOffset? Longer(string given)
    {
        var unit = given.LastOrDefault() switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => default(TimeSpan?),
        };
        return
            unit is { } one && int.TryParse(given[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 5000
            ? DateTimeOffset.UtcNow + (number * one)
            : null;
    }

    private static DateTimeOffset? Time(string given) =>
        DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
