using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Messaging.Health;

internal static partial class ConditionLog
{
    [LoggerMessage(130, LogLevel.Warning, "{Service} is degraded, condition {Condition}: {Cause} {Consequence} {NextMove}")]
    public static partial void Degraded(ILogger log, string service, string condition, string cause, string consequence, string nextMove);

    [LoggerMessage(131, LogLevel.Warning, "{Service} is well again, condition {Condition}, after {Lasted}. It was: {Cause}")]
    public static partial void Cleared(ILogger log, string service, string condition, TimeSpan lasted, string cause);

    [LoggerMessage(132, LogLevel.Debug, "The check of {Conditions} failed.")]
    public static partial void LookFailed(ILogger log, Exception exception, string conditions);
}
