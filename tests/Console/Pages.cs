namespace SagaOrchestrator.Console.Tests;

/// <summary>The console's pages.</summary>
internal static class Pages
{
    public static readonly string[] WithoutAnId =
    [
        "/console",
        "/console/sagas",
        "/console/parked",
        "/console/bulk-jobs",
        "/console/participants",
    ];

    public static IEnumerable<string> All(Guid saga, Guid job) =>
        [
            .. WithoutAnId,
            $"/console/sagas/{saga}",
            $"/console/bulk-jobs/{job}",
            "/console/bulk-jobs/new?verb=retry&stuck=true",
            "/console/nowhere",
        ];
}
