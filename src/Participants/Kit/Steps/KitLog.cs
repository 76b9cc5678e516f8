using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Participants.Steps;

internal static partial class KitLog
{
    [LoggerMessage(200, LogLevel.Warning, "A command for step {Step} came after its compensation and was refused.")]
    public static partial void Refused(ILogger log, string step);

    [LoggerMessage(201, LogLevel.Warning, "Step {Step} faulted: {Code}. {Reason}")]
    public static partial void Faulted(ILogger log, string step, string code, string reason);

    [LoggerMessage(202, LogLevel.Warning, "Step {Step} is not answered, because its outcome is unknown; its timeout decides.")]
    public static partial void NoAnswer(ILogger log, string step);

    [LoggerMessage(203, LogLevel.Information, "There was nothing to undo for step {Step}; a tombstone refuses its command from now on.")]
    public static partial void Tombstone(ILogger log, string step);

    [LoggerMessage(204, LogLevel.Warning, "Step {Step} could not be undone: {Code}. {Reason}")]
    public static partial void NotUndone(ILogger log, string step, string code, string reason);

    [LoggerMessage(205, LogLevel.Information, "Step {Step} did not happen, as an enquiry found; its command is refused from now on.")]
    public static partial void FencedByEnquiry(ILogger log, string step);
}
