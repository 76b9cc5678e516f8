using System.Globalization;
using Npgsql;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>When timers are due, and when they were handled, on the database's clock.</summary>
internal static class DueTimes
{
    private const string Table = "public.benchmark_due";
    private const string Spread = "extract(epoch from max(at) - min(at))::float8";

    /// <summary>Keeps when each is due, which its saga forgets.</summary>
    public static async Task<Due> Note(BenchServers servers)
    {
        await Execute(servers, $"create table {Table} as select id, wake_at as at from orchestrator.saga; analyze {Table}");
        return await Read(
            servers,
            $"select count(at), extract(epoch from min(at) - clock_timestamp())::float8, {Spread} from {Table}",
            row => new Due(
                row.GetInt64(0),
                TimeSpan.FromSeconds(row.IsDBNull(1) ? 0 : row.GetDouble(1)),
                row.IsDBNull(2) ? 0 : row.GetDouble(2)
            )
        );
    }

    /// <summary>
    /// Lets those that would be due more than so many seconds before the last be due when it is so many. A saga may be woken later than it
    /// asked for.
    /// </summary>
    public static Task Gather(BenchServers servers, double seconds) =>
        Execute(
            servers,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                update {Table} set at = last.at - interval '{seconds} seconds'
                from (select max(at) as at from {Table}) as last where {Table}.at < last.at - interval '{seconds} seconds';
                update orchestrator.saga set wake_at = due.at, wake_check_at = due.at from {Table} as due where due.id = saga.id
                    and saga.wake_at < due.at;
                """
            )
        );

    public static Task<Lateness> Lateness(BenchServers servers) =>
        Read(
            servers,
            $"""
            select {Spread}, extract(epoch from max(ended_at) - min(at))::float8,
                percentile_cont(0.5) within group (order by extract(epoch from ended_at - at)::float8),
                percentile_cont(0.99) within group (order by extract(epoch from ended_at - at)::float8),
                max(extract(epoch from ended_at - at))::float8,
                (select count(*) from orchestrator.inbox where message_type like '%SagaTimerDue%') - count(*)
            from {Table} join orchestrator.saga using (id)
            """,
            row => new Lateness(row.GetDouble(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), row.GetInt64(5))
        );

    /// <summary>Each saga has timed out once, in a turn of its own.</summary>
    public static async Task Verify(BenchServers servers, int timers)
    {
        var wrong =
            await servers.Query<long>(
                BenchServers.OrchestratorDatabase,
                $"""
                select count(*) from (
                    select saga_id from orchestrator.saga_history group by saga_id
                    having count(distinct position) = 2 and count(*) filter (where type = '{HistoryTypes.StepTimedOut}') = 1) as right_ones
                """
            ) - timers;
        if (wrong != 0)
        {
            throw new BenchmarkFailure($"{Math.Abs(wrong)} sagas did not time out once, in one turn.");
        }
    }

    private static async Task<T> Read<T>(BenchServers servers, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var source = servers.Open(BenchServers.OrchestratorDatabase);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = BenchServers.LongestCommand;
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return read(row);
    }

    private static async Task Execute(BenchServers servers, string sql)
    {
        await using var source = servers.Open(BenchServers.OrchestratorDatabase);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = BenchServers.LongestCommand;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>When the timers are due.</summary>
/// <param name="Armed">How many there are.</param>
/// <param name="UntilFirst">Until the first of them is.</param>
/// <param name="Spread">Seconds from the first to the last.</param>
internal sealed record Due(long Armed, TimeSpan UntilFirst, double Spread);

/// <summary>How late they were handled, in seconds.</summary>
/// <param name="Spread">From the first due time to the last.</param>
/// <param name="Took">From the first due time until all were handled.</param>
/// <param name="Half">How late half of them were at least.</param>
/// <param name="P99">How late one in a hundred was at least.</param>
/// <param name="Most">How late the latest was.</param>
/// <param name="Again">How many were handed in again, because nothing had come of them for a while.</param>
internal sealed record Lateness(double Spread, double Took, double Half, double P99, double Most, long Again)
{
    public IReadOnlyDictionary<string, double> Figures =>
        new Dictionary<string, double>
        {
            ["spreadSeconds"] = Spread,
            ["tookSeconds"] = Took,
            ["latenessP50Seconds"] = Half,
            ["latenessP99Seconds"] = P99,
            ["latenessMostSeconds"] = Most,
            ["again"] = Again,
        };

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"all handled {Took:0.0} s after the first was due; half were {Half:0.0} s late or more, the latest {Most:0.0} s; {Again} "
                + $"came twice"
        );
}
