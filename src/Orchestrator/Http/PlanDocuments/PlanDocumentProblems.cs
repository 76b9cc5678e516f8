using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.PlanDocuments;

/// <summary>Says of plan documents what is wrong.</summary>
internal static class PlanDocumentProblems
{
    public static ProblemAnswer Unknown(ApiPaths paths) =>
        Problem.Of(
            ProblemTypes.UnknownPlanVersion,
            $"No such version was registered as a document. GET {paths.PlanDocuments} lists those that were."
        );

    public static ProblemAnswer Invalid(IReadOnlyList<PlanFinding> findings) =>
        Problem.Of(
            ProblemTypes.PlanDocumentInvalid,
            $"{findings[0]}{(findings.Count == 1 ? string.Empty : " 'findings' lists them all.")} Nothing was registered.",
            ("findings", findings)
        );

    public static ProblemAnswer Changed(StoredPlanDocument stored, ApiPaths paths) =>
        Problem.Of(
            ProblemTypes.PlanDocumentChanged,
            $"{stored.By} registered '{stored.Type}' version {stored.Version} with another document. Raise the version.",
            ("document", paths.PlanDocument(stored.Type, stored.Version))
        );

    public static ProblemAnswer Refused(string reason) => Problem.Of(ProblemTypes.PlanDocumentRefused, reason);
}
