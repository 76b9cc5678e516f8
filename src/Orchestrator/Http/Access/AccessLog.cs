namespace SagaOrchestrator.Http.Access;

/// <summary>One form for whoever was let in and whoever was not. Event ids are stable.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(20, LogLevel.Debug, "Allowed: {Method} {Path} for {Caller} as {Role}, from {Origin}.")]
    public static partial void Allowed(ILogger log, string method, PathString path, string caller, string role, string? origin);

    [LoggerMessage(21, LogLevel.Warning, "Refused: {Method} {Path} for {Caller}, who is not let in as {Role}, from {Origin}.")]
    public static partial void Refused(ILogger log, string method, PathString path, string? caller, string role, string? origin);
}
