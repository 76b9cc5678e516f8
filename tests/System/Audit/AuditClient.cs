using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Audit;

/// <summary>What the auditor found, as the API tells it.</summary>
internal static class AuditClient
{
    public static async Task<IReadOnlyList<JsonElement>> Findings(this RunningSystem system) =>
        [.. (await system.Audit()).GetProperty("findings").EnumerateArray()];

    public static Task<JsonElement> Audit(this RunningSystem system) => system.Api.GetFromJsonAsync<JsonElement>("/api/v1/audit?limit=500");

    /// <summary>Waits until a finding has an outcome.</summary>
    public static async Task<JsonElement> Found(this RunningSystem system, string kind, string subject, string outcome)
    {
        bool IsIt(JsonElement finding) =>
            finding.Word("kind") == kind && finding.Word("subject") == subject && finding.Word("outcome") == outcome;
        return (await Eventually.Get(system.Findings, findings => findings.Any(IsIt), $"{kind} of {subject} is {outcome}")).First(IsIt);
    }

    /// <summary>What the operators' log says of the auditor's repairs of a saga.</summary>
    public static async Task<IReadOnlyList<string>> Repairs(this RunningSystem system, Guid saga) =>
        [
            .. (
                await system.Api.GetFromJsonAsync<JsonElement>(
                    $"/api/v1/operator-actions?subject={saga}&by=auditor&verb=repair&outcome=Done"
                )
            )
                .GetProperty("items")
                .EnumerateArray()
                .Select(action => action.Word("reason")!),
        ];

    /// <summary>Waits until the auditor has run twice more, so that one run began after this call.</summary>
    public static async Task RunTwice(this RunningSystem system)
    {
        async Task<long> Last() =>
            (await system.Audit())
                .GetProperty("runs")
                .EnumerateArray()
                .Select(run => run.GetProperty("number").GetInt64())
                .FirstOrDefault();
        var before = await Last();
        await Eventually.True(async () => await Last() >= before + 2, "the auditor has run twice");
    }

    public static string? Word(this JsonElement element, string name) => element.GetProperty(name).GetString();
}
