namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>The log lines of webhooks. Event ids are stable. Neither secrets nor whole URLs are logged, which may hold some.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(70, LogLevel.Warning, "Webhooks could not be looked after, and are in some seconds: {Problem}")]
    public static partial void Interrupted(ILogger log, string problem);

    [LoggerMessage(71, LogLevel.Information, "Delivery {Number} of webhook {Webhook} was not taken, and is tried again: {Problem}")]
    public static partial void NotTaken(ILogger log, Guid webhook, long number, string? problem);

    [LoggerMessage(
        72,
        LogLevel.Warning,
        "Delivery {Number} of webhook {Webhook} was given up after {Attempts} attempts: {Problem} It is kept; redeliver it when the "
            + "receiver is mended."
    )]
    public static partial void GivenUp(ILogger log, Guid webhook, long number, int attempts, string? problem);

    [LoggerMessage(
        73,
        LogLevel.Warning,
        "The receiver of webhook {Webhook} answered 410 Gone, so nothing more is sent to it. Change the webhook, or delete it."
    )]
    public static partial void Gone(ILogger log, Guid webhook);
}
