using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>The medians as a table, with all that is needed to read them.</summary>
internal static class ResultTable
{
    private const int WidthWithoutTerminal = 140;

    public static void Print(BenchmarkResults results)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        AnsiConsole.Write(Table(results));
        foreach (var line in Foot(results))
        {
            Console.WriteLine(line);
        }
    }

    private static Table Table(BenchmarkResults results)
    {
        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii2 : TableBorder.Rounded)
            .Title(results.Options.Rounds == 1 ? "One round" : $"Medians of {results.Options.Rounds} rounds").AddColumn(string.Empty);
        foreach (var system in results.Systems)
        {
            table.AddColumn(new TableColumn(system.Name).RightAligned());
        }

        foreach (var figure in Figures.All)
        {
            table.AddRow([figure.Title, .. results.Systems.Select(system => system.Medians[figure.Key].ToString(figure.Format, CultureInfo.InvariantCulture))]);
            if (figure.Key is Figures.AllSucceed or Figures.SomeFail)
            {
                Ratios(table, results, figure.Key, SystemNames.MassTransitMemory);
                Ratios(table, results, figure.Key, SystemNames.FloorGroup);
            }
        }

        return table;
    }

    private static void Ratios(Table table, BenchmarkResults results, string figure, string other) => table.AddRow(
        [$"  times {other}", .. results.Systems.Select(system =>
            results.Ratio(system, other, figure)?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-")]);

    private static IEnumerable<string> Foot(BenchmarkResults results)
    {
        var (options, servers) = (results.Options, results.Servers);
        yield return results.Machine.ToString();
        yield return $"Postgres {servers.PostgresVersion} ({string.Join(", ", servers.Postgres.Select(setting => $"{setting.Key} {setting.Value}"))})";
        yield return $"RabbitMQ {servers.RabbitMqVersion} on Erlang {servers.ErlangVersion}, {servers.QueueType} queues, persistent messages, publisher confirms everywhere";
        yield return $"Runtime, the same for every process that is measured: {string.Join(' ', results.Runtime.Select(setting => $"{setting.Key}={setting.Value}"))}";
        yield return "Log level Warning on all sides. Every phase was checked from outside: each saga ended once, as it should, and left the effects it should.";
        yield return $"{options.WarmUp} sagas warm-up, bursts of {options.Sagas} and {options.FailingSagas} with at most {options.InFlight} under way, then {DriveOptions.SagasPerSecond} sagas/s for {options.LatencySeconds} s.";
    }
}
