using System.CommandLine;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Reporting;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Measures what messages that cannot be handled, or not yet, do to sagas that can.</summary>
internal static class FloodCommand
{
    private static readonly Option<string?> Kinds = new("--kinds")
    {
        Description = "Which floods, separated by commas; all of them when left out.",
    };
    private static readonly Option<int?> Messages = new("--messages") { Description = "How many messages each has (10000)." };
    private static readonly Option<int> Rate = new("--rate")
    {
        DefaultValueFactory = _ => DriveOptions.SagasPerSecond,
        Description = "How many healthy sagas are started a second (20).",
    };
    private static readonly Option<int?> WarmUp = new("--warmup") { Description = "How many sagas before (4000)." };
    private static readonly Option<int> InFlight = new("--in-flight")
    {
        DefaultValueFactory = _ => 500,
        Description = "How many of these are under way at most (500).",
    };
    private static readonly Option<int?> Calm = new("--calm")
    {
        Description = "Seconds of calm before the first flood and after the last (60).",
    };
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Small numbers: shows that everything works, measures little.",
    };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Writes all figures to a file." };

    public static Command Create() =>
        ServerOptions.Add(
            new Command("floods", "Flood the product beside an even load, on servers that are up; infra/bench --floods starts them.")
            {
                Kinds,
                Messages,
                Rate,
                WarmUp,
                InFlight,
                Calm,
                Quick,
                Json,
            },
            Run
        );

    private static async Task<int> Run(ParseResult parsed, Bench bench, CancellationToken cancellationToken)
    {
        var results = await FloodRun.Measure(Options(parsed), bench, cancellationToken);
        FloodTable.Print(results);
        if (parsed.GetValue(Json) is { } json)
        {
            await JsonFile.Write(json.FullName, results);
        }

        return results.Rows.All(row => row.IsRight) ? 0 : 1;
    }

    private static FloodOptions Options(ParseResult parsed)
    {
        var quick = parsed.GetValue(Quick);
        int Number(Option<int?> option, int usual, int small) =>
            ServerOptions.AtLeastOne(parsed.GetValue(option) ?? (quick ? small : usual), option);
        var kinds = parsed.GetValue(Kinds)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (kinds?.Except(Flood.Names).FirstOrDefault() is { } unknown)
        {
            throw new BenchmarkFailure($"There is no flood '{unknown}'. The floods are {string.Join(", ", Flood.Names)}.");
        }

        var options = new FloodOptions(
            kinds ?? [.. Flood.Names],
            Number(Messages, 10_000, 500),
            ServerOptions.AtLeastOne(parsed.GetValue(Rate), Rate),
            Number(WarmUp, 4000, 200),
            ServerOptions.AtLeastOne(parsed.GetValue(InFlight), InFlight),
            Number(Calm, 60, 10),
            quick ? 3 : 15,
            quick ? 3 : 20
        );
        return options.Sagas <= options.WarmUp
            ? options
            : throw new BenchmarkFailure(
                $"{options.Messages} messages are for {options.Sagas} sagas of the warm-up, which has {options.WarmUp}. Say {WarmUp.Name} "
                    + $"{options.Sagas} or more."
            );
    }
}
