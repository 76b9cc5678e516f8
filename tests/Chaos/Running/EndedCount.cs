using Npgsql;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Knows how many sagas have ended, a moment ago.</summary>
internal sealed class EndedCount(Database database)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private long last;

    public long Last => Volatile.Read(ref last);

    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Connection("postgres")) { Pooling = false }.ConnectionString);
                await connection.OpenAsync(end);
                await using var command = new NpgsqlCommand("select count(*) from orchestrator.saga where ended_at is not null", connection);
                while (!end.IsCancellationRequested)
                {
                    Volatile.Write(ref last, (long)(await command.ExecuteScalarAsync(end))!);
                    await Wait.For(Interval, end);
                }
            }
            catch (Exception)
            {
                await Wait.For(Interval, end);
            }
        }
    }
}
