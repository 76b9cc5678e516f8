namespace SagaOrchestrator.Http.Answers;

/// <summary>The API's log lines. Event ids are stable, and apart from those of the engine.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(10, LogLevel.Error, "{Method} {Route} failed, trace id {Trace}: {Failure}")]
    public static partial void RequestFailed(ILogger log, string method, string route, string trace, string failure);
}
