using System.Globalization;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Processes;

/// <summary>Starts again what ended by itself, as systemd or Kubernetes would.</summary>
internal sealed class Supervisor(IReadOnlyList<OwnedProcess> processes, Journal journal)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private int restarts;

    /// <summary>How often something had ended by itself.</summary>
    public int Restarts => Volatile.Read(ref restarts);

    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            foreach (var process in processes)
            {
                if (process.StartIfEnded() is { } status)
                {
                    Interlocked.Increment(ref restarts);
                    journal.Write(
                        "ended",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{process.Name} ended by itself with status {status}, and was started again"
                        )
                    );
                }
            }

            await Wait.For(Interval, end);
        }
    }
}
