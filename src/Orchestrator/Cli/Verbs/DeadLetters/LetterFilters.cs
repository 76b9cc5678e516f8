namespace SagaOrchestrator.Cli.Verbs.DeadLetters;

/// <summary>The filters of the list of dead letters.</summary>
internal static class LetterFilters
{
    /// <param name="reason">How the filter by reason is called, where <c>--reason</c> is why somebody acts.</param>
    public static Parameters Make(string reason = "--reason") =>
        new Parameters()
            .Several("queue", "Taken from these queues.")
            .Text("reason", "Dead for these reasons: malformed, handler-failed, forged, …", reason)
            .Several("messageType", "Of these message types, without namespace.")
            .Several("sagaType", "Of sagas of these types.")
            .Text("sagaId", "Of this saga.")
            .Text("key", "Of sagas with this business key.")
            .Time("from", "Dead since this time or later.")
            .Time("before", "Dead since before this time.")
            .Several("state", "By itself waiting.", "waiting", "redriven", "discarded", "gone");
}
