using System.Globalization;

namespace SagaOrchestrator.Chaos.Nodes;

/// <summary>
/// The wall clock of one process, set by libfaketime. What measures how long something takes stays right, as on a machine whose clock is
/// set.
/// </summary>
internal sealed class ProcessClock
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    private readonly string file;

    private ProcessClock(string file)
    {
        this.file = file;
        Set(TimeSpan.Zero);
    }

    /// <summary>Sees to it that a process is started with a clock that can be set; null when libfaketime is not installed.</summary>
    public static ProcessClock? For(string name, string folder, Dictionary<string, string> environment)
    {
        if (!File.Exists(Library))
        {
            return null;
        }

        var path = Path.Combine(folder, name + ".clock");
        environment["LD_PRELOAD"] = Library;
        environment["FAKETIME_TIMESTAMP_FILE"] = path;
        environment["FAKETIME_CACHE_DURATION"] = "1";
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        environment["DONT_FAKE_MONOTONIC"] = "1";
        // Else waits with a time limit never end.
        environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        return new ProcessClock(path);
    }

    /// <summary>How far it is ahead of the right time; behind when negative.</summary>
    public void Set(TimeSpan ahead)
    {
        // In one step: it is read at any time.
        var next = file + ".next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0;+0}\n"));
        File.Move(next, file, overwrite: true);
    }
}
