using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Reporting;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Measures how the product's cost grows with what there is of it.</summary>
internal static class GrowCommand
{
    private static readonly Option<string?> Parts = new("--parts")
    {
        Description = "Which parts, separated by commas; all of them when left out.",
    };
    private static readonly Option<int?> Sagas = new("--sagas") { Description = "How many sagas in a burst (8000)." };
    private static readonly Option<int?> WarmUp = new("--warmup") { Description = "How many sagas before (4000)." };
    private static readonly Option<int?> InFlight = new("--in-flight")
    {
        Description = "How many sagas are under way in a burst at most (500).",
    };
    private static readonly Option<string?> Replicas = new("--replicas") { Description = "With how many orchestrators (1,2,4)." };
    private static readonly Option<string?> Stored = new("--stored")
    {
        Description = "With how many ended sagas, in hundreds (10000,100000,1000000).",
    };
    private static readonly Option<int?> InFlightSagas = new("--in-flight-sagas")
    {
        Description = "How many sagas wait for a participant at once (100000).",
    };
    private static readonly Option<string?> ParallelSteps = new("--parallel") { Description = "How many steps side by side (10,100)." };
    private static readonly Option<int?> Timers = new("--timers") { Description = "How many timers are due at once (100000)." };
    private static readonly Option<int?> TimerSeconds = new("--timer-seconds")
    {
        Description = "After how many seconds, in which all must be armed (10, and one for each thousand timers).",
    };
    private static readonly Option<int?> Overdue = new("--overdue")
    {
        Description = "How many timers are overdue when the orchestrator comes back to its backlog (5000).",
    };
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Small numbers: shows that everything works, measures little.",
    };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Writes all figures to a file." };

    public static Command Create() =>
        ServerOptions.Add(
            new Command("grow", "Measure how the product's cost grows, on servers that are up; infra/bench --grow starts them.")
            {
                Parts,
                Sagas,
                WarmUp,
                InFlight,
                Replicas,
                Stored,
                InFlightSagas,
                ParallelSteps,
                Timers,
                TimerSeconds,
                Overdue,
                Quick,
                Json,
            },
            Run
        );

    private static async Task<int> Run(ParseResult parsed, Bench bench, CancellationToken cancellationToken)
    {
        var results = await Growth.Measure(Options(parsed), bench, cancellationToken);
        GrowthTable.Print(results);
        if (parsed.GetValue(Json) is { } json)
        {
            await JsonFile.Write(json.FullName, results);
        }

        return 0;
    }

    private static GrowOptions Options(ParseResult parsed)
    {
        var quick = parsed.GetValue(Quick);
        int Number(Option<int?> option, int usual, int small) =>
            ServerOptions.AtLeastOne(parsed.GetValue(option) ?? (quick ? small : usual), option);
        IReadOnlyList<int> Several(Option<string?> option, int[] usual, int[] small) =>
            Split(parsed.GetValue(option))?.Select(text => ToNumber(text, option)).ToArray() ?? (quick ? small : usual);
        var parts = Split(parsed.GetValue(Parts)) ?? [.. GrowOptions.AllParts];
        if (parts.Except(GrowOptions.AllParts).FirstOrDefault() is { } unknown)
        {
            throw new BenchmarkFailure($"There is no part '{unknown}'. The parts are {string.Join(", ", GrowOptions.AllParts)}.");
        }

        var timers = Number(Timers, 100_000, 1000);
        return new GrowOptions(
            parts,
            Number(Sagas, 8000, 500),
            Number(WarmUp, 4000, 200),
            Number(InFlight, 500, 100),
            Several(Replicas, [1, 2, 4], [1, 2]),
            Several(Stored, [10_000, 100_000, 1_000_000], [1000, 10_000]),
            Number(InFlightSagas, 100_000, 1000),
            Several(ParallelSteps, [10, 100], [10, 100]),
            timers,
            ServerOptions.AtLeastOne(parsed.GetValue(TimerSeconds) ?? (10 + (timers / 1000)), TimerSeconds),
            Number(Overdue, 5000, 50)
        );
    }

    private static string[]? Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int ToNumber(string text, Option option) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? ServerOptions.AtLeastOne(number, option)
            : throw new BenchmarkFailure($"{option.Name} takes numbers with commas between, and '{text}' is none.");
}
