using System.Globalization;
using Npgsql;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Notes every ten seconds what must not grow: the processes' memory, the tables that are emptied again, the queues.</summary>
internal sealed class ResourceWatch(Installation installation)
{
    /// <summary>In a shorter run nothing can be said about growth.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(20);

    private const double MostGrowth = 1.5;

    // Of whatever it is: what is small may double.
    private const double Slack = 50;
    private const string Tables = """
        select coalesce(sum(pg_total_relation_size(format('%I.%I', table_schema, table_name)::regclass)), 0)::float8
        from information_schema.tables where table_name in ('outbox', 'outbox_group', 'waiting_message')
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, List<double>> samples = new(StringComparer.Ordinal);

    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Wait.For(Interval, end);
            foreach (var node in installation.Nodes.All.Where(node => node.Process.IsUp))
            {
                Note($"memory of {node.Name}, MiB", ProcessMemory.Resident(node.Process.Id));
            }

            await Try(async () => Note("outboxes in Postgres, KiB", await TableSize() / 1024));
            await Try(async () => Note("messages in queues", await installation.Broker.Waiting()));
        }
    }

    /// <summary>The last quarter beside the second; the first is for warming up.</summary>
    public IEnumerable<CheckResult> Check(TimeSpan duration)
    {
        if (duration < Shortest)
        {
            return [];
        }

        var growth = samples.Select(sample => (sample.Key, Second: Middle(sample.Value, 1), Last: Middle(sample.Value, 3))).ToArray();
        return
        [
            new CheckResult(
                "nothing grows: "
                    + string.Join(
                        ", ",
                        growth.Select(figure =>
                            string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Second:0} then {figure.Last:0}")
                        )
                    ),
                [
                    .. growth
                        .Where(figure => figure.Last > (figure.Second * MostGrowth) + Slack)
                        .Select(figure =>
                            string.Create(CultureInfo.InvariantCulture, $"{figure.Key}: {figure.Second:0} became {figure.Last:0}")
                        ),
                ]
            ),
        ];
    }

    private void Note(string what, double value)
    {
        if (!samples.TryGetValue(what, out var values))
        {
            samples.Add(what, values = []);
        }

        values.Add(value);
    }

    private async Task<double> TableSize()
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(installation.Database.Connection("postgres")) { Pooling = false }.ConnectionString
        );
        await using var command = database.CreateCommand(Tables);
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private static double Middle(List<double> values, int quarter)
    {
        var sorted = values.Skip(values.Count * quarter / 4).Take(values.Count / 4).Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }

    private static async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
            when (exception is NpgsqlException or InvalidOperationException or HttpRequestException or TimeoutException)
        {
            // The server is away for the moment.
        }
    }
}
