using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Knows how many sagas have ended, a moment ago, and writes it into the journal from time to time.</summary>
internal sealed class EndedCount(Database database, Journal journal)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenEntries = TimeSpan.FromSeconds(5);
    private long last;
    private (TimeSpan At, long Count) entry;

    public long Last => Volatile.Read(ref last);

    /// <summary>How many end in a second, from now on and for so long.</summary>
    public async Task<double> PerSecond(TimeSpan duration)
    {
        var (began, before) = (journal.Now, Last);
        await Wait.For(duration);
        return (Last - before) / (journal.Now - began).TotalSeconds;
    }

    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Open(end);
                await using var command = new NpgsqlCommand(
                    "select count(*) from orchestrator.saga where ended_at is not null",
                    connection
                );
                while (!end.IsCancellationRequested)
                {
                    Volatile.Write(ref last, (long)(await command.ExecuteScalarAsync(end))!);
                    Note(last);
                    await Wait.For(Interval, end);
                }
            }
            catch (Exception)
            {
                await Wait.For(Interval, end);
            }
        }
    }

    private void Note(long count)
    {
        var now = journal.Now;
        if (now - entry.At < BetweenEntries)
        {
            return;
        }

        journal.Write(
            "ended",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} sagas, {(count - entry.Count) / (now - entry.At).TotalSeconds:0} a second"
            )
        );
        entry = (now, count);
    }
}
