using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Messaging.Postgres.Retention;

internal static partial class RetentionLog
{
    [LoggerMessage(106, LogLevel.Information, "{Count} {What} older than {Age} were deleted.")]
    public static partial void CleanedUp(ILogger log, long count, string what, TimeSpan age);

    [LoggerMessage(107, LogLevel.Warning, "The clean-up failed; it will try again.")]
    public static partial void CleanUpFailed(ILogger log, Exception exception);
}
