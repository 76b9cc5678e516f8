using Npgsql;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Notes when sagas make progress, so that it can be said how long none did after a kill.</summary>
internal sealed class ProgressWatch(Database database, Journal journal)
{
    // The number of turns that were begun, which costs nothing to read.
    private const string Turns = "select last_value from orchestrator.saga_turn_position_seq";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<TimeSpan> progress = [];
    private readonly Lock gate = new();

    public async Task Run(CancellationToken end)
    {
        var last = 0L;
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Open(end);
                await using var command = new NpgsqlCommand(Turns, connection);
                while (!end.IsCancellationRequested)
                {
                    var now = (long)(await command.ExecuteScalarAsync(end))!;
                    if (now != last)
                    {
                        Note();
                        last = now;
                    }

                    await Wait.For(Interval, end);
                }
            }
            catch (Exception) when (!end.IsCancellationRequested)
            {
                await Wait.For(Pause, end);
            }
            catch (OperationCanceledException)
            {
                // The end.
            }
        }
    }

    /// <summary>How long after each kill the next progress was seen; null when none came.</summary>
    public IReadOnlyList<(KillEntry Kill, TimeSpan? After)> After(IEnumerable<KillEntry> kills)
    {
        lock (gate)
        {
            return
            [
                .. kills.Select(kill =>
                {
                    var index = progress.BinarySearch(kill.At);
                    var next = index >= 0 ? index : ~index;
                    return (kill, next < progress.Count ? progress[next] - kill.At : (TimeSpan?)null);
                }),
            ];
        }
    }

    private void Note()
    {
        lock (gate)
        {
            progress.Add(journal.Now);
        }
    }
}
