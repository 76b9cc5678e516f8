using System.Data;
using System.Globalization;
using System.Net.Http.Json;
using Npgsql;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;
using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Chaos.Checks;

/// <summary>
/// Compares the counts that API and console show with the sagas: all the while in one snapshot of the database, and at rest over the API.
/// </summary>
internal sealed class CountWatch(Database database)
{
    private const int MostFindings = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What is shown is counted as summaries are written. It is wrong when it is not what the summaries say, or when a summary has not the
    // state of its saga and nothing would write it. A version alone may differ: contradictions are planted past the product.
    private const string Sql = """
        select format('%s of version %s in %s: %s are counted, there are %s summaries',
                      type, plan_version, state, coalesce(counted, 0), coalesce(there, 0))
        from (select type, plan_version, state, sagas as counted from orchestrator.saga_count) counts
        full join (select type, plan_version, state, count(*) as there from orchestrator.saga_summary
                   group by type, plan_version, state) summaries
             using (type, plan_version, state)
        where coalesce(counted, 0) <> coalesce(there, 0)
        union all
        select format('saga %s is %s, its summary says %s, and it is not noted as changed',
                      id, saga.state, coalesce(summary.state, 'nothing'))
        from orchestrator.saga left join orchestrator.saga_summary summary using (id)
        where summary.state is distinct from saga.state
              and id not in (select unnest(ids) from orchestrator.saga_changed)
        limit 5
        """;

    private readonly List<string> findings = [];
    private int looks;

    /// <summary>Looks until the end. While the database is away, it does not.</summary>
    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await Look(end);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or OperationCanceledException)
            {
                // The server is away, or this is the end.
            }

            await Wait.For(Interval, end);
        }
    }

    /// <summary>What was found, and what each orchestrator answers now that all is at rest.</summary>
    public async Task<IReadOnlyList<CheckResult>> Check(IEnumerable<ProductNode> orchestrators)
    {
        var sagas = await Sagas();
        var answers = await Task.WhenAll(orchestrators.Select(node => Differences(node, sagas)));
        return
        [
            new CheckResult("whenever one looks, sagas are counted as they are", looks == 0 ? ["nobody could look"] : findings),
            new CheckResult("at rest, every orchestrator answers the counts of the database", [.. answers.SelectMany(found => found)]),
        ];
    }

    private async Task Look(CancellationToken end)
    {
        await using var connection = await database.Open(end);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, end);
        await using var command = new NpgsqlCommand(Sql, connection, snapshot);
        await using var row = await command.ExecuteReaderAsync(end);
        while (await row.ReadAsync(end))
        {
            if (findings.Count < MostFindings)
            {
                findings.Add(row.GetString(0));
            }
        }

        looks++;
    }

    private async Task<Dictionary<(string Type, string State), long>> Sagas()
    {
        await using var source = NpgsqlDataSource.Create(database.Connection("postgres"));
        await using var command = source.CreateCommand("select type, state, count(*) from orchestrator.saga group by type, state");
        await using var row = await command.ExecuteReaderAsync();
        var sagas = new Dictionary<(string Type, string State), long>();
        while (await row.ReadAsync())
        {
            sagas.Add((row.GetString(0), row.GetString(1)), row.GetInt64(2));
        }

        return sagas;
    }

    // The last summaries are written a moment after the last saga.
    private static async Task<IReadOnlyList<string>> Differences(ProductNode node, Dictionary<(string Type, string State), long> sagas)
    {
        using var http = new HttpClient { BaseAddress = node.Api };
        IReadOnlyList<string> differences = [$"{node.Name} does not answer"];
        await Wait.Until(
            async () =>
            {
                var answer = await http.GetFromJsonAsync<Answer>("api/v1/sagas/summary");
                differences = Differences(node.Name, answer!.Counts, sagas);
                return differences.Count == 0;
            },
            Patience
        );
        return differences;
    }

    private static IReadOnlyList<string> Differences(
        string node,
        IEnumerable<AnsweredCount> answered,
        Dictionary<(string Type, string State), long> sagas
    )
    {
        var shown = answered.GroupBy(one => (one.Type, one.State)).ToDictionary(same => same.Key, same => same.Sum(one => one.Count));
        return
        [
            .. sagas
                .Keys.Union(shown.Keys)
                .Where(key => sagas.GetValueOrDefault(key) != shown.GetValueOrDefault(key))
                .Select(key =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{node}: {shown.GetValueOrDefault(key)} {key.Type} in {key.State}, there are {sagas.GetValueOrDefault(key)}"
                    )
                ),
        ];
    }

    private sealed record Answer(IReadOnlyList<AnsweredCount> Counts);

    private sealed record AnsweredCount(string Type, string State, long Count);
}
