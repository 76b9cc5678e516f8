namespace SagaOrchestrator.Cli.Api;

/// <summary>Every operation of the API. Each has a verb, and a test compares the list with the API's own.</summary>
internal static class Operations
{
    private const string V1 = "/api/v1/";

    public static readonly Operation StartSaga = Post("startSaga", V1 + "sagas/{type}");
    public static readonly Operation SignalSaga = Post("signalSaga", V1 + "sagas/{id}/signals");
    public static readonly Operation SummarizeSagas = Get("summarizeSagas", V1 + "sagas/summary");
    public static readonly Operation GetSaga = Get("getSaga", V1 + "sagas/{id}");
    public static readonly Operation GetSagaByKey = Get("getSagaByKey", V1 + "sagas/{type}/{businessKey}");
    public static readonly Operation GetSagaHistory = Get("getSagaHistory", V1 + "sagas/{id}/history");
    public static readonly Operation ExplainSaga = Get("explainSaga", V1 + "sagas/{id}/explain");
    public static readonly Operation DrawSaga = Get("drawSaga", V1 + "sagas/{id}/diagram");
    public static readonly Operation ListSagas = Get("listSagas", V1 + "sagas");
    public static readonly Operation ExportSagas = Get("exportSagas", V1 + "sagas/export");
    public static readonly Operation FollowSaga = Get("followSaga", V1 + "sagas/{id}/events");
    public static readonly Operation FollowSagas = Get("followSagas", V1 + "sagas/events");
    public static readonly Operation ReadOutcomes = Get("readOutcomes", V1 + "outcomes");
    public static readonly Operation RetryStep = Post("retryStep", V1 + "sagas/{id}/retry");
    public static readonly Operation SkipCompensation = Post("skipCompensation", V1 + "sagas/{id}/skip");
    public static readonly Operation ResolveStep = Post("resolveStep", V1 + "sagas/{id}/resolve");
    public static readonly Operation PauseSaga = Post("pauseSaga", V1 + "sagas/{id}/pause");
    public static readonly Operation ResumeSaga = Post("resumeSaga", V1 + "sagas/{id}/resume");
    public static readonly Operation ExtendDeadline = Post("extendDeadline", V1 + "sagas/{id}/extend");
    public static readonly Operation CancelSaga = Post("cancelSaga", V1 + "sagas/{id}/cancel");
    public static readonly Operation RevealSaga = Post("revealSaga", V1 + "sagas/{id}/reveal");
    public static readonly Operation ForgetSubject = Post("forgetSubject", V1 + "subjects/{subject}/forget");
    public static readonly Operation GetSubjectKey = Get("getSubjectKey", V1 + "subject-keys/{key}");
    public static readonly Operation CreateBulkJob = Post("createBulkJob", V1 + "bulk-jobs");
    public static readonly Operation ListBulkJobs = Get("listBulkJobs", V1 + "bulk-jobs");
    public static readonly Operation PauseBulkJob = Post("pauseBulkJob", V1 + "bulk-jobs/{id}/pause");
    public static readonly Operation ResumeBulkJob = Post("resumeBulkJob", V1 + "bulk-jobs/{id}/resume");
    public static readonly Operation CancelBulkJob = Post("cancelBulkJob", V1 + "bulk-jobs/{id}/cancel");
    public static readonly Operation GetBulkJob = Get("getBulkJob", V1 + "bulk-jobs/{id}");
    public static readonly Operation ListBulkJobItems = Get("listBulkJobItems", V1 + "bulk-jobs/{id}/items");
    public static readonly Operation ReadStatistics = Get("readStatistics", V1 + "statistics");
    public static readonly Operation GroupFailures = Get("groupFailures", V1 + "failures");
    public static readonly Operation ReadTimers = Get("readTimers", V1 + "timers");
    public static readonly Operation ListPlans = Get("listPlans", V1 + "plans");
    public static readonly Operation GetPlan = Get("getPlan", V1 + "plans/{type}/{version}");
    public static readonly Operation ComparePlans = Get("comparePlans", V1 + "plans/{type}/{version}/differences");
    public static readonly Operation DrawPlan = Get("drawPlan", V1 + "plans/{type}/{version}/diagram");
    public static readonly Operation ListPlanDocuments = Get("listPlanDocuments", V1 + "plan-documents");
    public static readonly Operation GetPlanDocument = Get("getPlanDocument", V1 + "plan-documents/{type}/{version}");
    public static readonly Operation GetPlanDocumentSchema = Get("getPlanDocumentSchema", V1 + "plan-documents/schema");
    public static readonly Operation TestPlanDocument = Post("testPlanDocument", V1 + "plan-documents/test");
    public static readonly Operation RegisterPlanDocument = Post("registerPlanDocument", V1 + "plan-documents");
    public static readonly Operation AskGraphQl = Post("askGraphQl", V1 + "graphql");
    public static readonly Operation ReadGraphQlSchema = Get("readGraphQlSchema", V1 + "graphql/schema");
    public static readonly Operation ListAlarms = Get("listAlarms", V1 + "alarms");
    public static readonly Operation ReadAudit = Get("readAudit", V1 + "audit");
    public static readonly Operation ListOperatorActions = Get("listOperatorActions", V1 + "operator-actions");
    public static readonly Operation GetPermissions = Get("getPermissions", V1 + "permissions");
    public static readonly Operation ListDeadLetters = Get("listDeadLetters", V1 + "dead-letters");
    public static readonly Operation GroupDeadLetters = Get("groupDeadLetters", V1 + "dead-letters/groups");
    public static readonly Operation GetDeadLetter = Get("getDeadLetter", V1 + "dead-letters/{id}");
    public static readonly Operation GetDeadLetterBody = Get("getDeadLetterBody", V1 + "dead-letters/{id}/body");
    public static readonly Operation RedriveDeadLetter = Post("redriveDeadLetter", V1 + "dead-letters/{id}/redrive");
    public static readonly Operation DiscardDeadLetter = Post("discardDeadLetter", V1 + "dead-letters/{id}/discard");
    public static readonly Operation ListContractFormats = Get("listContractFormats", V1 + "contract");
    public static readonly Operation ReadContract = Get("readContract", V1 + "contract/{format}");
    public static readonly Operation ListParticipants = Get("listParticipants", V1 + "participants");
    public static readonly Operation ListSagaTypes = Get("listSagaTypes", V1 + "saga-types");
    public static readonly Operation SetParticipantBreaker = Post("setParticipantBreaker", V1 + "participants/{name}/breaker");
    public static readonly Operation SetSagaTypeBreaker = Post("setSagaTypeBreaker", V1 + "saga-types/{type}/breaker");
    public static readonly Operation ListWebhooks = Get("listWebhooks", V1 + "webhooks");
    public static readonly Operation GetWebhook = Get("getWebhook", V1 + "webhooks/{id}");
    public static readonly Operation CreateWebhook = Post("createWebhook", V1 + "webhooks");
    public static readonly Operation ChangeWebhook = Post("changeWebhook", V1 + "webhooks/{id}/change");
    public static readonly Operation DeleteWebhook = Post("deleteWebhook", V1 + "webhooks/{id}/delete");
    public static readonly Operation RotateWebhookSecret = Post("rotateWebhookSecret", V1 + "webhooks/{id}/rotate-secret");
    public static readonly Operation TestWebhook = Post("testWebhook", V1 + "webhooks/{id}/test");
    public static readonly Operation ListWebhookDeliveries = Get("listWebhookDeliveries", V1 + "webhooks/{id}/deliveries");
    public static readonly Operation GetWebhookDelivery = Get("getWebhookDelivery", V1 + "webhooks/{id}/deliveries/{number}");
    public static readonly Operation RedeliverWebhookDeliveries = Post(
        "redeliverWebhookDeliveries",
        V1 + "webhooks/{id}/deliveries/redeliver"
    );
    public static readonly Operation GiveUpWebhookDeliveries = Post("giveUpWebhookDeliveries", V1 + "webhooks/{id}/deliveries/give-up");
    public static readonly Operation RedeliverWebhook = Post("redeliverWebhook", V1 + "webhooks/{id}/deliveries/{number}/redeliver");
    public static readonly Operation ListProblems = Get("listProblems", "/problems");
    public static readonly Operation GetProblem = Get("getProblem", "/problems/{code}");

    /// <summary>How the node stands. It is no part of the API's description.</summary>
    public static readonly Operation ReadHealth = Get("readHealth", "/health/ready") with { AnswersToo = 503 };

    private static Operation Get(string name, string template) => new(name, HttpMethod.Get, template);

    private static Operation Post(string name, string template) => new(name, HttpMethod.Post, template);
}
