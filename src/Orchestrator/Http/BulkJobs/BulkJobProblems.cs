using System.Globalization;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.BulkJobs;

/// <summary>Says of a bulk job that there is none.</summary>
internal static class BulkJobProblems
{
    public static ProblemAnswer Unknown(Guid id) =>
        Problem.Of(
            ProblemTypes.UnknownBulkJob,
            string.Create(CultureInfo.InvariantCulture, $"No bulk job has the id {id}. Ended jobs are kept as long as ended sagas."),
            ("field", "id")
        );
}
