namespace SagaOrchestrator.Http.Problems;

/// <summary>The paths of the API.</summary>
internal static class Routes
{
    public const string Api = "/api";

    public const string Sagas = "/api/v1/sagas";

    public const string SummaryName = "summary";

    public const string ExportName = "export";

    public const string EventsName = "events";

    public const string Alarms = "/api/v1/alarms";

    public const string Failures = "/api/v1/failures";

    public const string OperatorActions = "/api/v1/operator-actions";

    public const string Outcomes = "/api/v1/outcomes";

    public const string Participants = "/api/v1/participants";

    public const string SagaTypes = "/api/v1/saga-types";

    public const string BulkJobs = "/api/v1/bulk-jobs";
    public const string DeadLetters = "/api/v1/dead-letters";

    public const string GroupsName = "groups";

    public const string Statistics = "/api/v1/statistics";
}
