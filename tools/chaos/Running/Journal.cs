using System.Diagnostics;
using System.Globalization;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>What was done, and when: printed, written to a file, and counted for the report.</summary>
internal sealed class Journal : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter file;
    private readonly TextWriter? console;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly List<JournalEntry> entries = [];

    /// <param name="path">The file.</param>
    /// <param name="console">Where it is printed too, if anywhere.</param>
    public Journal(string path, TextWriter? console)
    {
        file = new StreamWriter(path) { AutoFlush = true };
        this.console = console;
    }

    /// <summary>Since the driver started.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(began);

    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    public void Write(string verb, string what)
    {
        lock (gate)
        {
            var entry = new JournalEntry(Now, verb, what);
            entries.Add(entry);
            var line = string.Create(CultureInfo.InvariantCulture, $"[{entry.At.TotalSeconds, 7:0.0}] {verb, -9} {what}");
            file.WriteLine(line);
            console?.WriteLine(line);
        }
    }

    public void Dispose() => file.Dispose();
}

/// <summary>One thing that was done.</summary>
/// <param name="At">Since the driver started.</param>
/// <param name="Verb">What kind of thing.</param>
/// <param name="What">To what, and how.</param>
internal sealed record JournalEntry(TimeSpan At, string Verb, string What);
