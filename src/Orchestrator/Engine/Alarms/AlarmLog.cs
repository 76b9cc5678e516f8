namespace SagaOrchestrator.Engine.Alarms;

/// <summary>The log lines of alarms. Event ids are stable.</summary>
internal static partial class AlarmLog
{
    public const string RaisedWord = "raised";
    public const string EscalatedWord = "escalated";
    public const string ClearedWord = "cleared";

    [LoggerMessage(60, LogLevel.Warning, "Alarm {Kind} '{Subject}': {Detail}")]
    public static partial void Raised(ILogger log, string kind, string subject, string detail);

    [LoggerMessage(61, LogLevel.Error, "Alarm {Kind} '{Subject}' has stood for a quarter of an hour: {Detail}")]
    public static partial void Escalated(ILogger log, string kind, string subject, string detail);

    [LoggerMessage(62, LogLevel.Information, "Alarm {Kind} '{Subject}' is over.")]
    public static partial void Cleared(ILogger log, string kind, string subject);

    [LoggerMessage(63, LogLevel.Warning, "Alarms could not be looked after, and are in some seconds: {Problem}")]
    public static partial void NotWatched(ILogger log, string problem);
}
