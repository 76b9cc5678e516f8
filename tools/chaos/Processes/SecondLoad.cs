using System.Diagnostics;

namespace SagaOrchestrator.Chaos.Processes;

/// <summary>Processes that compute without end, as another tenant of the machine would. They end with this driver.</summary>
internal sealed class SecondLoad : IDisposable
{
    // A busy loop that looks now and then whether the driver is still there, so that none outlives it.
    private const string Busy = "while kill -0 $PPID 2>/dev/null; do i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; done";

    private readonly IReadOnlyList<Process> processes;

    private SecondLoad(IReadOnlyList<Process> processes) => this.processes = processes;

    public static SecondLoad Start(int count) =>
        new([
            .. Enumerable
                .Range(0, count)
                .Select(_ => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Busy]) { UseShellExecute = false })!),
        ]);

    public void Dispose()
    {
        foreach (var process in processes)
        {
            Signals.Send(process.Id, Signals.Kill);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
