using System.Globalization;
using System.Text;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>Bars for throughput and latency, readable on a light and on a dark page.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int Left = 170;
    private const int Longest = 400;
    private const int Row = 30;
    private const int Bar = 20;
    private const int HalfBar = 10;

    private const string Style = """
          <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328; }
            .title { font-weight: 600; font-size: 15px; }
            .small { font-size: 11px; fill: #59636e; }
            .bar { fill: #0969da; }
            .other { fill: #8c959f; }
            .tail { opacity: 0.55; }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc; }
              .small { fill: #9198a1; }
              .bar { fill: #4493f8; }
              .other { fill: #656c76; }
            }
          </style>
        """;

    public static string Draw(BenchmarkResults results)
    {
        var svg = new StringBuilder();
        var y = Throughput(svg, results, 30);
        y = Latency(svg, results, y + 40);
        Text(svg, 16, y + 36, $"{results.Machine}", "small");
        Text(
            svg,
            16,
            y + 52,
            $"Postgres {results.Servers.PostgresVersion}, RabbitMQ {results.Servers.RabbitMqVersion} with {results.Servers.QueueType} "
                + $"queues; {(results.Options.Rounds == 1 ? "one round" : $"medians of {results.Options.Rounds} rounds")}",
            "small"
        );
        var height = y + 66;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" aria-label="Sagas per second and latency of each system">
            {Style}
            {svg}</svg>

            """
        );
    }

    private static int Throughput(StringBuilder svg, BenchmarkResults results, int y)
    {
        Text(svg, 16, y, "Sagas per second, all succeed (and how many times MassTransit in memory)", "title");
        var most = results.Systems.Max(system => system.Medians[Figures.AllSucceed]);
        foreach (var system in results.Systems)
        {
            y += Row;
            var value = system.Medians[Figures.AllSucceed];
            var ratio = results.Ratio(system, SystemNames.MassTransitMemory, Figures.AllSucceed);
            Text(svg, 16, y + 5, system.Name, "name");
            Rectangle(svg, y - HalfBar, Bar, value / most, Class(system));
            Label(
                svg,
                y + 5,
                value / most,
                ratio is null ? Number(value, "0") : $"{Number(value, "0")}  ({Number(ratio.Value, "0.00")} times)"
            );
        }

        return y;
    }

    private static int Latency(StringBuilder svg, BenchmarkResults results, int y)
    {
        Text(svg, 16, y, "Milliseconds from start to end at 20 sagas per second: p50, and p99 below it", "title");
        var most = results.Systems.Max(system => system.Medians[Figures.P99]);
        foreach (var system in results.Systems)
        {
            y += Row;
            var (p50, p99) = (system.Medians[Figures.P50], system.Medians[Figures.P99]);
            Text(svg, 16, y + 5, system.Name, "name");
            Rectangle(svg, y - HalfBar, HalfBar, p50 / most, Class(system));
            Rectangle(svg, y, HalfBar, p99 / most, Class(system) + " tail");
            Label(svg, y + 5, p99 / most, $"p50 {Number(p50, "0.0")}, p99 {Number(p99, "0.0")}");
        }

        return y;
    }

    private static string Class(SystemResult system) => system.Name == SystemNames.Product ? "bar" : "other";

    private static void Rectangle(StringBuilder svg, int y, int height, double share, string kind) =>
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""  <rect x="{Left}" y="{y}" width="{share * Longest:0.0}" height="{height}" class="{kind}"/>"""
        );

    private static void Label(StringBuilder svg, int y, double share, string text) =>
        Text(svg, (int)(Left + (share * Longest) + 8), y, text, "value");

    private static void Text(StringBuilder svg, int x, int y, string text, string kind) =>
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""  <text x="{x}" y="{y}" class="{kind}">{System.Security.SecurityElement.Escape(text)}</text>"""
        );

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
