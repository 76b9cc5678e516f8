using System.CommandLine;
using SagaOrchestrator.Benchmarks.Reporting;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Does the whole measurement on servers that are up.</summary>
internal static class DriveCommand
{
    private static readonly Option<string> Systems = new("--systems")
    {
        Description = "Which systems, separated by commas; the four that are compared when left out.",
    };
    private static readonly Option<int?> Rounds = new("--rounds") { Description = "How often each system is measured (3)." };
    private static readonly Option<int?> Sagas = new("--sagas")
    {
        Description = "How many sagas in a burst (8000; half of them where some fail).",
    };
    private static readonly Option<int?> WarmUp = new("--warmup") { Description = "How many sagas before (16000)." };
    private static readonly Option<int?> InFlight = new("--in-flight") { Description = "How many sagas are under way at most (500)." };
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "One round with small numbers: shows that everything works, measures little.",
    };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Writes all figures to a file." };
    private static readonly Option<FileInfo?> Chart = new("--chart") { Description = "Draws the medians to an SVG file." };

    public static Command Create() =>
        ServerOptions.Add(
            new Command("drive", "Measure systems on servers that are up; infra/bench starts them.")
            {
                Systems,
                Rounds,
                Sagas,
                WarmUp,
                InFlight,
                Quick,
                Json,
                Chart,
            },
            Run
        );

    private static async Task<int> Run(ParseResult parsed, Bench bench, CancellationToken cancellationToken)
    {
        var results = await Benchmark.Run(Options(parsed), bench, cancellationToken);
        await Report(results, parsed.GetValue(Json), parsed.GetValue(Chart));
        return 0;
    }

    private static async Task Report(BenchmarkResults results, FileInfo? json, FileInfo? chart)
    {
        ResultTable.Print(results);
        if (json is not null)
        {
            await JsonFile.Write(json.FullName, results);
        }

        if (chart is not null)
        {
            await File.WriteAllTextAsync(chart.FullName, BarChart.Draw(results));
        }
    }

    private static DriveOptions Options(ParseResult parsed)
    {
        var quick = parsed.GetValue(Quick);
        var systems =
            parsed.GetValue(Systems)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [.. SystemNames.Compared];
        var unknown = systems.Except(SystemNames.All).ToArray();
        if (unknown.Length > 0)
        {
            throw new BenchmarkFailure($"There is no system '{unknown[0]}'. The systems are {string.Join(", ", SystemNames.All)}.");
        }

        var sagas = ServerOptions.AtLeastOne(parsed.GetValue(Sagas) ?? (quick ? 1000 : 8000), Sagas);
        return new DriveOptions(
            systems,
            ServerOptions.AtLeastOne(parsed.GetValue(Rounds) ?? (quick ? 1 : 3), Rounds),
            sagas,
            Math.Max(DriveOptions.FailsEvery, sagas / 2),
            ServerOptions.AtLeastOne(parsed.GetValue(WarmUp) ?? (quick ? 500 : 16000), WarmUp),
            ServerOptions.AtLeastOne(parsed.GetValue(InFlight) ?? (quick ? 200 : 500), InFlight),
            quick ? 3 : 15
        );
    }
}
