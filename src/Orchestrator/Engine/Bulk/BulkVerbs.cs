namespace SagaOrchestrator.Engine.Bulk;

/// <summary>What operators do to jobs, as the log calls it.</summary>
internal static class BulkVerbs
{
    /// <summary>Null for what no operator does.</summary>
    public static string? OfChange(BulkState to) =>
        to switch
        {
            BulkState.Running => "resume",
            BulkState.Paused => "pause",
            BulkState.Stopped => "stop",
            BulkState.Cancelled => "cancel",
            _ => null,
        };
}
