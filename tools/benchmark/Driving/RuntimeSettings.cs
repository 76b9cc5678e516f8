namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>The runtime's settings, the same for every process that is measured.</summary>
internal static class RuntimeSettings
{
    public static IReadOnlyDictionary<string, string> All { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            // Short runs would measure the instrumentation more than the programs.
            ["DOTNET_TieredPGO"] = "0",
            // On few cores, threads that spin take the time of those that work.
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_gcServer"] = "0",
            // 64 MiB.
            ["DOTNET_GCgen0size"] = "0x4000000",
        };

    public static string Text => string.Join(' ', All.Select(setting => $"{setting.Key}={setting.Value}"));
}
