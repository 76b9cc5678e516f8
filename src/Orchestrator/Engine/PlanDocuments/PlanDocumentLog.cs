namespace SagaOrchestrator.Engine.PlanDocuments;

internal static partial class PlanDocumentLog
{
    [LoggerMessage(64, LogLevel.Information, "Plan {SagaType} version {Version} has come as a document. Starts use the newest version.")]
    public static partial void Added(ILogger log, string sagaType, int version);

    [LoggerMessage(
        65,
        LogLevel.Error,
        "The document of plan {SagaType} version {Version} cannot be used by this build, and its sagas are left to other nodes: {Problem}"
    )]
    public static partial void NotUsed(ILogger log, string sagaType, int version, string problem);

    [LoggerMessage(66, LogLevel.Warning, "Plan documents could not be read, and are read again in two seconds: {Problem}")]
    public static partial void NotRead(ILogger log, string problem);
}
