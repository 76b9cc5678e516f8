using System.Globalization;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>The memory of a process, as the kernel counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Megabytes that it holds; 0 when it has just ended.</summary>
    public static double Resident(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null
                ? 0
                : double.Parse(
                    line["VmRSS:".Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(),
                    CultureInfo.InvariantCulture
                ) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
