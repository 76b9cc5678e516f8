using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Http.Health;

internal static class HealthEndpoints
{
    /// <summary>Behind what the host itself has at these paths.</summary>
    private const int Late = 1000;

    /// <summary>
    /// Alive: the process answers. Ready: it can accept and handle work; the body says what is missing or slow, as it was seen last.
    /// </summary>
    public static void Map(IEndpointRouteBuilder own)
    {
        own.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithOrder(Late).WithAccess(SagaRole.Open);
        own.MapGet("/health/ready", Ready).ExcludeFromDescription().WithOrder(Late).WithAccess(SagaRole.Open);
    }

    // Looks at nothing itself: it must answer at once when a server is away, and however often it is asked. Names of hosts, queues and
    // participants are for those who may read.
    private static async Task<JsonHttpResult<Readiness>> Ready(ConditionWatch watch, AccessGate gate, HttpContext http)
    {
        var report = watch.Report;
        var conditions = await gate.MayRead(http) ? report.Conditions : [];
        return TypedResults.Json(
            new Readiness(
                report.Status.ToString(),
                report.Age is { } age ? Math.Round(age.TotalSeconds, 1) : null,
                [.. conditions.Select(line => new ReadinessCheck(line.Name, line.Status.ToString(), line.Description))]
            ),
            ApiJson.Options,
            statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK
        );
    }
}

/// <summary>Whether this node can accept and handle work.</summary>
/// <param name="Status">Healthy; Degraded when it can, but something is missing or slow; Unhealthy when it cannot.</param>
/// <param name="AgeSeconds">How long ago it looked; null when it has not looked yet.</param>
/// <param name="Checks">What it looked at; nothing for those who may not read.</param>
internal sealed record Readiness(string Status, double? AgeSeconds, IReadOnlyList<ReadinessCheck> Checks);

/// <summary>One thing that it looked at.</summary>
/// <param name="Name">The condition's name, also in the log and as a tag of the gauge.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Description">Cause, consequence and next move; null when all is well.</param>
internal sealed record ReadinessCheck(string Name, string Status, string? Description);
