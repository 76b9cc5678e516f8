namespace SagaOrchestrator.Console.Tests;

/// <summary>The console's pages.</summary>
internal static class Pages
{
    public static readonly string[] WithoutAnId =
    [
        "/console",
        "/console/sagas",
        "/console/parked",
        "/console/dead-letters",
        "/console/dead-letters/all",
        "/console/bulk-jobs",
        "/console/timers",
        "/console/participants",
        "/console/plans",
        "/console/audit",
    ];

    public static IEnumerable<string> All(Guid saga, Guid job, Guid letter) =>
        [
            .. WithoutAnId,
            $"/console/sagas/{saga}",
            $"/console/bulk-jobs/{job}",
            "/console/plans/stay/2",
            "/console/bulk-jobs/new?verb=retry&stuck=true",
            $"/console/dead-letters/{letter}",
            "/console/bulk-jobs/new?verb=redrive&state=waiting",
            "/console/nowhere",
        ];
}
