using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SagaOrchestrator.Documents;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Documents.Scenarios;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.PlanDocuments;

/// <summary>A plan document.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PlanDocumentText
{
    /// <summary>The document, in YAML or JSON.</summary>
    [Length(1, 262_144)]
    public required string Document { get; init; }
}

/// <summary>A plan document that is to be registered.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PlanDocumentRequest : OperatorRequest
{
    /// <summary>The document, in YAML or JSON.</summary>
    [Length(1, 262_144)]
    public required string Document { get; init; }
}

/// <summary>The plan documents that were registered.</summary>
/// <param name="Items">The oldest first.</param>
internal sealed record PlanDocumentList(IReadOnlyList<PlanDocumentStatus> Items);

/// <summary>A plan document that was registered.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">Equal for documents that say the same.</param>
/// <param name="By">Who registered it.</param>
/// <param name="At">When.</param>
/// <param name="Document">As it was written; left out in lists.</param>
/// <param name="Href">Where it is.</param>
/// <param name="Plan">Where its plan is.</param>
internal sealed record PlanDocumentStatus(
    string Type,
    int Version,
    string Hash,
    string By,
    DateTimeOffset At,
    string? Document,
    string Href,
    string Plan
)
{
    public static PlanDocumentStatus Of(StoredPlanDocument document, ApiPaths paths) =>
        new(
            document.Type,
            document.Version,
            document.Hash,
            document.By,
            document.At,
            document.Text,
            paths.PlanDocument(document.Type, document.Version),
            paths.Plan(document.Type, document.Version)
        );
}

/// <summary>What a plan document says and does.</summary>
/// <param name="Type">The plan's name; null when the document is wrong.</param>
/// <param name="Version">Its version.</param>
/// <param name="HasPassed">Whether nothing is wrong with it, and every scenario passed.</param>
/// <param name="Findings">What is wrong, by line.</param>
/// <param name="Scenarios">What came of each scenario.</param>
internal sealed record PlanDocumentReport(
    string? Type,
    int? Version,
    bool HasPassed,
    IReadOnlyList<PlanFinding> Findings,
    IReadOnlyList<ScenarioResult> Scenarios
)
{
    public static PlanDocumentReport Of(PlanDocument document, CancellationToken cancellationToken)
    {
        var scenarios = document.Test(cancellationToken);
        return new PlanDocumentReport(
            document.Plan?.Type,
            document.Plan?.Definition.Version,
            document.Findings.Count == 0 && scenarios.All(scenario => scenario.HasPassed),
            document.Findings,
            scenarios
        );
    }
}
