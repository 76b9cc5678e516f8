namespace SagaOrchestrator.Engine.Breakers;

internal static partial class BreakerLog
{
    [LoggerMessage(56, LogLevel.Warning, "The breaker of {Participant} is {State}: {Reason} Its steps wait, and no attempt is spent.")]
    public static partial void Open(ILogger log, string participant, BreakerState state, string reason);

    [LoggerMessage(57, LogLevel.Information, "The breaker of {Participant} is Closed: {Reason}")]
    public static partial void Closed(ILogger log, string participant, string reason);

    [LoggerMessage(58, LogLevel.Warning, "What operators have set breakers to could not be read, and stays as it was: {Problem}")]
    public static partial void SettingsNotRead(ILogger log, string problem);
}
