namespace SagaOrchestrator.Http.Problems;

/// <summary>Every kind of error answer that the API gives.</summary>
internal static class ProblemTypes
{
    public static readonly ProblemType InvalidRequest = new(
        "invalid-request",
        400,
        "The request is not valid.",
        "Correct what 'errors' names by path, header or query parameter, and send it again. Nothing was done."
    );

    public static readonly ProblemType UnreadableRequest = new(
        "unreadable-request",
        400,
        "The request cannot be read as HTTP.",
        "Send the whole body as its Content-Length or chunk sizes say. Nothing was done."
    );

    public static readonly ProblemType UnknownHost = new(
        "unknown-host",
        400,
        "The API is not called by this name.",
        "Use its address, or a name that 'detail' says where to set. Nothing was done."
    );

    public static readonly ProblemType Unauthenticated = new(
        "unauthenticated",
        401,
        "The caller is not known.",
        "Send a token or a key that holds; 'detail' says which. Nothing was done."
    );

    public static readonly ProblemType Forbidden = new(
        "forbidden",
        403,
        "The caller may not do this.",
        "Ask for the role that 'detail' names. Nothing was done."
    );

    public static readonly ProblemType NotFromHere = new(
        "not-from-here",
        403,
        "The API answers its own machine only.",
        "Configure who may use it, as 'detail' says. Nothing was done."
    );

    public static readonly ProblemType UnknownPath = new(
        "unknown-path",
        404,
        "There is nothing at this path.",
        "See /openapi/v1.json for the paths that there are."
    );

    public static readonly ProblemType UnknownSagaType = new(
        "unknown-saga-type",
        404,
        "There is no such saga type.",
        "Use one of those that 'detail' lists. Nothing was started."
    );

    public static readonly ProblemType UnknownPlanVersion = new(
        "unknown-plan-version",
        404,
        "There is no such plan version.",
        "List those that there are: GET /api/v1/plans."
    );

    public static readonly ProblemType PlanDocumentInvalid = new(
        "plan-document-invalid",
        400,
        "The plan document is not valid.",
        "Correct what 'findings' names by line, path and rule, and send it again. Nothing was registered."
    );

    public static readonly ProblemType PlanDocumentChanged = new(
        "plan-document-changed",
        409,
        "Another document of this version is registered.",
        "Raise the version in the document. Nothing was registered."
    );

    public static readonly ProblemType PlanDocumentRefused = new(
        "plan-document-refused",
        409,
        "The plan does not go together with those that there are.",
        "Do what 'detail' says. Nothing was registered."
    );

    public static readonly ProblemType UnknownSaga = new(
        "unknown-saga",
        404,
        "There is no such saga.",
        "Look it up by its business key: GET /api/v1/sagas?key=..."
    );

    public static readonly ProblemType UnknownParticipant = new(
        "unknown-participant",
        404,
        "There is no such participant.",
        "Use one of those that 'detail' lists. Nothing was changed."
    );

    public static readonly ProblemType UnknownBulkJob = new(
        "unknown-bulk-job",
        404,
        "There is no such bulk job.",
        "List those that there are: GET /api/v1/bulk-jobs."
    );

    public static readonly ProblemType BulkJobState = new(
        "bulk-job-state",
        409,
        "The bulk job is in another state.",
        "Pause one that is Running, resume one that is Paused or Stopped, cancel one of these. Nothing was changed."
    );

    public static readonly ProblemType UnknownWebhook = new(
        "unknown-webhook",
        404,
        "There is no such webhook.",
        "List those that there are: GET /api/v1/webhooks."
    );

    public static readonly ProblemType UnknownDelivery = new(
        "unknown-delivery",
        404,
        "The webhook has no such delivery.",
        "List those that are kept: GET /api/v1/webhooks/ID/deliveries."
    );

    public static readonly ProblemType TooManyWebhooks = new(
        "too-many-webhooks",
        409,
        "There are as many webhooks as there may be.",
        "Delete one that nobody needs, or have the limit raised that 'detail' names. Nothing was registered."
    );

    public static readonly ProblemType UnknownSubjectKey = new(
        "unknown-subject-key",
        404,
        "There is no such key of a subject.",
        "Ask the orchestrator that sent the command. After a restore, restore the rows of subject_key too."
    );

    public static readonly ProblemType UnknownDeadLetter = new(
        "unknown-dead-letter",
        404,
        "There is no such dead letter.",
        "Look it up in the list: GET /api/v1/dead-letters?state=waiting,redriven,discarded,gone"
    );

    public static readonly ProblemType DeadLetterEnded = new(
        "dead-letter-ended",
        409,
        "The dead letter was redriven or discarded before.",
        "See what was 'asked' of it for who did it and why. Nothing was done."
    );

    public static readonly ProblemType DeadLetterGone = new(
        "dead-letter-gone",
        409,
        "The dead letter is not in its queue any more.",
        "Ask who uses RabbitMQ's console. When it was put back, send the same request again."
    );

    public static readonly ProblemType DeadLetterNotTaken = new(
        "dead-letter-not-taken",
        409,
        "The queue did not take the letter.",
        "See that queue and exchange exist, and send the same request again. It is still a dead letter."
    );

    public static readonly ProblemType DeadLetterBusy = new(
        "dead-letter-busy",
        503,
        "Somebody else is looking through the dead-letter queue.",
        "Send the same request again after Retry-After. Nothing was done."
    );

    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed",
        405,
        "The path does not take this method.",
        "Use one of the methods in the header Allow."
    );

    public static readonly ProblemType NotAcceptable = new(
        "not-acceptable",
        406,
        "The header Accept excludes every form of the answer.",
        "Accept one of those that 'detail' lists, or leave the header out. Nothing was done."
    );

    public static readonly ProblemType TooSlow = new(
        "request-too-slow",
        408,
        "The request came too slowly.",
        "Send it again on a better connection, or a smaller one. Nothing was done."
    );

    public static readonly ProblemType BusinessKeyConflict = new(
        "business-key-conflict",
        409,
        "The business key belongs to another saga.",
        "Use another key, or send the same data again to get that saga."
    );

    public static readonly ProblemType BodyTooLarge = new(
        "body-too-large",
        413,
        "The body is too large.",
        "Send at most the bytes in 'limit'; keep what is larger elsewhere and send a reference. Nothing was done."
    );

    public static readonly ProblemType UrlTooLong = new("url-too-long", 414, "The URL is too long.", "Send at most the bytes in 'limit'.");

    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported-media-type",
        415,
        "The body is not JSON in UTF-8.",
        "Send 'Content-Type: application/json', in UTF-8 and without Content-Encoding. Nothing was done."
    );

    public static readonly ProblemType HeadersTooLarge = new(
        "headers-too-large",
        431,
        "The headers are too large.",
        "Send fewer or shorter headers: at most the bytes in 'limit'. Nothing was done."
    );

    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests",
        429,
        "The caller asks too often.",
        "Send the same request again after Retry-After. Nothing was done."
    );

    public static readonly ProblemType TooManyStarts = new(
        "too-many-starts",
        429,
        "Too many starts at once.",
        "Send the same request again after Retry-After. Nothing was started."
    );

    public static readonly ProblemType TooManyStreams = new(
        "too-many-streams",
        429,
        "Too many streams are open.",
        "Close one, or ask again after Retry-After."
    );

    public static readonly ProblemType RequestRefused = new(
        "request-refused",
        400,
        "The server refused the request.",
        "See the status, and the paths and methods in /openapi/v1.json."
    );

    public static readonly ProblemType StartsStopped = new(
        "starts-stopped",
        503,
        "Starts of this type are stopped.",
        "Send the same request again after Retry-After; 'detail' says who stopped them, and why."
    );

    public static readonly ProblemType PlanVersionMissing = new(
        "plan-version-missing",
        503,
        "This build does not have the saga's plan version.",
        "Deploy a build that has it, or send the request to a node that has; 'detail' names the version. Nothing was done."
    );

    public static readonly ProblemType Busy = new(
        "saga-busy",
        503,
        "The saga keeps changing.",
        "Send the same request again after Retry-After. Nothing was done."
    );

    public static readonly ProblemType Unavailable = new(
        "unavailable",
        503,
        "The orchestrator cannot reach its database or broker.",
        "Send the same request again after Retry-After; a start is idempotent by its business key."
    );

    public static readonly ProblemType Internal = new(
        "internal",
        500,
        "The orchestrator failed.",
        "Report the trace id in 'detail', under which its log has what failed. A start may be sent again."
    );

    /// <summary>All of them, those of operators' actions too.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        InvalidRequest,
        UnreadableRequest,
        PlanDocumentInvalid,
        RequestRefused,
        UnknownHost,
        Unauthenticated,
        Forbidden,
        NotFromHere,
        UnknownPath,
        UnknownSagaType,
        UnknownPlanVersion,
        UnknownSaga,
        UnknownParticipant,
        UnknownBulkJob,
        UnknownSubjectKey,
        UnknownDeadLetter,
        UnknownWebhook,
        UnknownDelivery,
        MethodNotAllowed,
        NotAcceptable,
        TooSlow,
        BusinessKeyConflict,
        DeadLetterEnded,
        DeadLetterGone,
        DeadLetterNotTaken,
        .. ActionProblems.All,
        BulkJobState,
        PlanDocumentChanged,
        PlanDocumentRefused,
        TooManyWebhooks,
        BodyTooLarge,
        UrlTooLong,
        UnsupportedMediaType,
        TooManyRequests,
        TooManyStarts,
        TooManyStreams,
        HeadersTooLarge,
        Internal,
        StartsStopped,
        PlanVersionMissing,
        Busy,
        DeadLetterBusy,
        Unavailable,
        .. GraphQlProblems.All,
    ];

    /// <summary>The kind of an answer that has a status and no words.</summary>
    public static ProblemType OfStatus(int status) =>
        status switch
        {
            400 => UnreadableRequest,
            404 => UnknownPath,
            405 => MethodNotAllowed,
            406 => NotAcceptable,
            408 => TooSlow,
            413 => BodyTooLarge,
            414 => UrlTooLong,
            415 => UnsupportedMediaType,
            429 => TooManyRequests,
            431 => HeadersTooLarge,
            503 => Unavailable,
            >= 500 => Internal,
            _ => RequestRefused,
        };
}
