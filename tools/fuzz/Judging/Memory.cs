using System.Globalization;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>The memory of processes, as the kernel counts it.</summary>
internal static class Memory
{
    private const double MostGrowth = 1.5;
    private const long Leeway = 250;

    /// <summary>Megabytes that a process holds; 0 when it is gone.</summary>
    public static long Of(int process)
    {
        var status = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status";
        var line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Flat: a heap that has seen large documents keeps some of their room, and no more however many there were.</summary>
    public static bool IsFlat(long before, long after) => after > 0 && after <= Math.Max((long)(before * MostGrowth), before + Leeway);
}
