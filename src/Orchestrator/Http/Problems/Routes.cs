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

    public const string Audit = "/api/v1/audit";

    public const string Contract = "/api/v1/contract";

    public const string Failures = "/api/v1/failures";

    public const string GraphQl = "/api/v1/graphql";

    public const string OperatorActions = "/api/v1/operator-actions";

    public const string Outcomes = "/api/v1/outcomes";

    public const string Participants = "/api/v1/participants";

    public const string SagaTypes = "/api/v1/saga-types";

    public const string BulkJobs = "/api/v1/bulk-jobs";
    public const string DeadLetters = "/api/v1/dead-letters";

    public const string GroupsName = "groups";

    public const string Permissions = "/api/v1/permissions";

    public const string Plans = "/api/v1/plans";

    public const string PlanDocuments = "/api/v1/plan-documents";

    public const string Subjects = "/api/v1/subjects";

    public const string SubjectKeys = "/api/v1/subject-keys";

    public const string Timers = "/api/v1/timers";

    public const string Statistics = "/api/v1/statistics";

    public const string Webhooks = "/api/v1/webhooks";

    public const string Problems = "/problems";
}
