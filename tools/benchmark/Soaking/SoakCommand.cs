using System.CommandLine;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Reporting;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>Lets the product run for long, and says whether anything grows that should not.</summary>
internal static class SoakCommand
{
    private static readonly Option<double> Minutes = new("--minutes") { Required = true, Description = "How long sagas are started." };
    private static readonly Option<int?> Rate = new("--rate")
    {
        Description = "Sagas a second; 70 % of what a burst reaches when left out.",
    };
    private static readonly Option<int> Every = new("--every")
    {
        DefaultValueFactory = _ => 10,
        Description = "Seconds between two samples (10).",
    };
    private static readonly Option<int> Sagas = new("--sagas")
    {
        DefaultValueFactory = _ => 8000,
        Description = "How many sagas in that burst (8000).",
    };
    private static readonly Option<int> WarmUp = new("--warmup")
    {
        DefaultValueFactory = _ => 4000,
        Description = "How many sagas before (4000).",
    };
    private static readonly Option<int> InFlight = new("--in-flight")
    {
        DefaultValueFactory = _ => 500,
        Description = "How many sagas are under way in the burst at most (500).",
    };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Writes all samples to a file." };

    public static Command Create() =>
        ServerOptions.Add(
            new Command("soak", "Run the product under an even load, on servers that are up; infra/bench --soak starts them.")
            {
                Minutes,
                Rate,
                Every,
                Sagas,
                WarmUp,
                InFlight,
                Json,
            },
            Run
        );

    private static async Task<int> Run(ParseResult parsed, Bench bench, CancellationToken cancellationToken)
    {
        var results = await Soak.Run(Options(parsed), bench, cancellationToken);
        SoakTable.Print(results);
        if (parsed.GetValue(Json) is { } json)
        {
            await JsonFile.Write(json.FullName, results);
        }

        return results.Wrong is null && results.Trends.All(trend => trend.Flat is not false) ? 0 : 1;
    }

    private static SoakOptions Options(ParseResult parsed)
    {
        int Number(Option<int> option) => ServerOptions.AtLeastOne(parsed.GetValue(option), option);
        var options = new SoakOptions(
            parsed.GetRequiredValue(Minutes),
            parsed.GetValue(Rate) is { } rate ? ServerOptions.AtLeastOne(rate, Rate) : null,
            Number(Every),
            Number(Sagas),
            Number(WarmUp),
            Number(InFlight)
        );
        return options.Samples >= Quarters.Count
            ? options
            : throw new BenchmarkFailure(
                $"In {options.Minutes} minutes there are {options.Samples} samples. Let it run for {Quarters.Count} times {options.Every} "
                    + $"seconds at least."
            );
    }
}
