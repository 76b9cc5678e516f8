using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Reporting;
using SagaOrchestrator.Benchmarks.Serving;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Searching;

/// <summary>Measures how long lists, searches and statistics take over many sagas, over HTTP.</summary>
internal static class SearchCommand
{
    // In milliseconds: what a person does not notice.
    private const double Bound = 50;

    private static readonly Option<int> Stored = Number("--stored", 1_000_000, "How many sagas have ended (1000000).");
    private static readonly Option<int> UnderWay = Number("--under-way", 100_000, "How many are under way (100000).");
    private static readonly Option<int> Times = Number("--times", 40, "How often each question is asked (40).");

    public static Command Create() =>
        ServerOptions.Add(
            new Command(
                "search",
                "Measure lists, searches and statistics over many sagas, on servers that are up; infra/bench --search starts them."
            )
            {
                Stored,
                UnderWay,
                Times,
            },
            Run
        );

    private static Option<int> Number(string name, int usual, string what) =>
        new(name) { Description = what, DefaultValueFactory = _ => usual };

    private static async Task<int> Run(ParseResult parsed, Bench bench, CancellationToken cancellationToken)
    {
        var product = SystemUnderTest.Of(SystemNames.Product);
        await bench.Servers.Prepare(product);
        var settings = new Dictionary<string, string>(bench.Servers.Settings(product, Roles.Orchestrator))
        {
            ["ASPNETCORE_URLS"] = bench.Servers.Api.ToString(),
        };
        await using var orchestrator = ServeProcess.Start(
            ["--system", product.Name, "--role", Roles.Orchestrator, "--plan", PlanChoice.Searched.ToString()],
            "orchestrator",
            settings,
            Path.Combine(bench.Logs, "search-orchestrator.log")
        );
        await orchestrator.Ready(cancellationToken);
        var stored = ServerOptions.AtLeastOne(parsed.GetValue(Stored), Stored);
        var underWay = ServerOptions.AtLeastOne(parsed.GetValue(UnderWay), UnderWay);
        await Console.Error.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"==> Filling in {stored} ended sagas, {underWay} under way, and {underWay} dead letters"
            )
        );
        await SummaryFill.Run(bench.Servers, stored, underWay, letters: underWay, cancellationToken);
        await Console.Error.WriteLineAsync("==> Asking");
        using var http = new HttpClient { BaseAddress = bench.Servers.Api };
        var answers = new List<SearchAnswer>();
        foreach (var path in SearchQueries.All(DateTimeOffset.UtcNow))
        {
            answers.Add(await Ask(http, path, ServerOptions.AtLeastOne(parsed.GetValue(Times), Times), cancellationToken));
        }

        Print(answers);
        await orchestrator.Stop();
        return answers.TrueForAll(answer => answer.P95 <= Bound) ? 0 : 1;
    }

    private static async Task<SearchAnswer> Ask(HttpClient http, string path, int times, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        var items = string.Empty;
        for (var time = 0; time < times + 3; time++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new BenchmarkFailure($"GET {path} is answered {(int)answer.StatusCode}: {body}");
            }

            // The first ones compile the query.
            if (time >= 3)
            {
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            items = Items(body);
        }

        return new SearchAnswer(path, items, Statistics.Median(took), Statistics.Percentile([.. took.Order()], 0.95));
    }

    private static string Items(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("items", out var items)
            ? items.GetArrayLength().ToString(CultureInfo.InvariantCulture)
            : "-";
    }

    private static void Print(IReadOnlyList<SearchAnswer> answers)
    {
        var table = Sheet.New("Lists, searches, statistics", "sagas", "p50 ms", "p95 ms");
        foreach (var answer in answers)
        {
            table.AddRow(Markup.Escape(answer.Path), answer.Items, Text(answer.P50), Text(answer.P95));
        }

        Sheet.Print(
            table,
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Over HTTP, one question at a time. The exit status is 1 when one takes more than {Bound:0} ms at p95."
                ),
            ]
        );
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private sealed record SearchAnswer(string Path, string Items, double P50, double P95);
}
