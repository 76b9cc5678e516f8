using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary>What the auditor looked at and found.</summary>
internal static class AuditorVerb
{
    public static Command Make()
    {
        var parameters = new Parameters().Number("limit", "So many runs and findings, at most 500.");
        return new Verb("auditor", "What the auditor looked at, found and repaired.", Operations.ReadAudit)
            .With(parameters)
            .Does(call => call.Show(Operations.ReadAudit, parameters.Query(call.Parsed), audit => Show(call, audit)));
    }

    private static void Show(Call call, JsonElement audit)
    {
        var findings = ListVerb.Table(
            audit,
            ["FOUND", "KIND", "OUTCOME", "ON", "~DETAIL"],
            (finding, screen) =>
                [
                    Cells.When(finding.Time("foundAt"), screen.Now),
                    Cells.Of(finding.Text("kind")),
                    Cells.State(finding.Text("outcome")),
                    Cells.Of(Words.Joined(" ", finding.Text("subject"), finding.Text("step"))),
                    Cells.Of(finding.Text("detail")),
                ],
            call.Screen,
            "findings"
        );
        var runs = ListVerb.Table(
            audit,
            ["RUN", "LOOKED AT", "FOUND", "REPAIRED", "LEFT"],
            (run, screen) =>
                [
                    Cells.When(run.Time("startedAt"), screen.Now),
                    Cells.Of(run.At("lookedAt")?.Number("sagas")),
                    Cells.Of(run.Number("found")),
                    Cells.Of(run.Number("repaired")),
                    Cells.Of(run.Number("left")),
                ],
            call.Screen,
            "runs"
        );
        call.Show(findings, "Nothing was found.");
        call.Show(runs, "The auditor has not run yet.");
    }
}
