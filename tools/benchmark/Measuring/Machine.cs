using System.Globalization;
using System.Runtime.InteropServices;

namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>Where it was measured.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGiB, string OperatingSystem, string DotNet, string Commit)
{
    public static Machine Read(string commit) =>
        new(
            Value("/proc/cpuinfo", "model name", ':'),
            Environment.ProcessorCount,
            Memory(),
            Value("/etc/os-release", "PRETTY_NAME", '=').Trim('"'),
            RuntimeInformation.FrameworkDescription,
            commit
        );

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor}, {Cores} cores, {MemoryGiB:0.0} GiB, {OperatingSystem}, {DotNet}, commit {Commit}"
        );

    private static double Memory() =>
        double.Parse(Value("/proc/meminfo", "MemTotal", ':').Split(' ')[0], CultureInfo.InvariantCulture) / (1024 * 1024);

    private static string Value(string file, string key, char separator) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim() ?? "0";
}
