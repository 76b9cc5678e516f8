namespace SagaOrchestrator.Http.Access;

/// <summary>One form for whoever was let in and whoever was not, whatever refused him. Event ids are stable.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(20, LogLevel.Debug, "Allowed: {Method} {Path} for {Caller} as {Role}, from {Origin}.")]
    public static partial void Allowed(ILogger log, string method, PathString path, string caller, string role, string? origin);

    [LoggerMessage(21, LogLevel.Warning, "Refused: {Method} {Path} for {Caller} as {Role}, from {Origin}: {Status} {Problem}.")]
    public static partial void Refused(
        ILogger log,
        string method,
        PathString path,
        string? caller,
        string role,
        string? origin,
        int status,
        string problem
    );

    public static string? Origin(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}
