using System.Globalization;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>Reads /proc.</summary>
internal static class ProcFile
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor time of a process, without its children.</summary>
    public static double Cpu(int process) => Sum(Fields(process), 11, 2);

    /// <summary>The same with those of its children that have ended.</summary>
    public static double CpuWithEndedChildren(int process) => Sum(Fields(process), 11, 4);

    public static int ParentOf(int process) => int.Parse(Fields(process)[1], CultureInfo.InvariantCulture);

    public static IEnumerable<int> ChildrenOf(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    /// <summary>The largest resident size so far, in MiB.</summary>
    public static double PeakMemory(int process) => Memory(process, "VmHWM:");

    /// <summary>The resident size now, in MiB.</summary>
    public static double Memory(int process) => Memory(process, "VmRSS:");

    private static double Memory(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    // The fields from the third on, because the second, the name, may hold spaces.
    private static string[] Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile; its parent has its time.
            return [.. Enumerable.Repeat("0", 20)];
        }
    }

    private static double Sum(string[] fields, int first, int count) =>
        fields.Skip(first).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
}
