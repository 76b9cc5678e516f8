using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using Spectre.Console;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>A table as all measurements print it, and what stands below.</summary>
internal static class Sheet
{
    private const int WidthWithoutTerminal = 140;

    public static Table New(string title, params string[] numbers)
    {
        var table = new Table()
            .Border(Console.IsOutputRedirected ? TableBorder.Ascii2 : TableBorder.Rounded)
            .Title(title)
            .AddColumn(string.Empty);
        foreach (var number in numbers)
        {
            table.AddColumn(new TableColumn(number).RightAligned());
        }

        return table;
    }

    public static void Print(Table table, IEnumerable<string> foot)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        AnsiConsole.Write(table);
        foreach (var line in foot)
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>Where and how it was measured.</summary>
    public static IEnumerable<string> Circumstances(Machine machine, ServerSettings servers)
    {
        yield return machine.ToString();
        yield return $"Postgres {servers.PostgresVersion} "
            + $"({string.Join(", ", servers.Postgres.Select(setting => $"{setting.Key} {setting.Value}"))})";
        yield return $"RabbitMQ {servers.RabbitMqVersion} on Erlang {servers.ErlangVersion}, {servers.QueueType} queues, persistent "
            + $"messages, publisher confirms everywhere";
        yield return $"Runtime, the same for every process that is measured: {RuntimeSettings.Text}";
    }
}
