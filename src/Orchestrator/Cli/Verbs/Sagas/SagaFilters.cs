namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>The filters of the list of sagas.</summary>
internal static class SagaFilters
{
    private const string Key = "key";

    /// <param name="withKey">Also by the whole business key.</param>
    public static Parameters Make(bool withKey = true)
    {
        var filters = new Parameters()
            .Several("type", "Of these types.")
            .Number("version", "Of this plan version.")
            .Several("state", "In these states.", "Started", "Pending", "Compensating", "Completed", "Failed", "Parked");
        if (withKey)
        {
            filters.Text(Key, "With this business key.");
        }

        return filters
            .Text("keyPrefix", "With a business key that begins so.")
            .Several("step", "That wait at these steps.")
            .Several("participant", "That wait at a step of these participants.")
            .Several("waitsFor", "That wait for these.", "Reply", "Retry", "Enquiry", "Signal", "Operator", "Resume")
            .Text("waitsLongerThan", "That have waited at their step for longer: 30s, 5m, 2h, 1d.")
            .Flag("stuck", "That need somebody: parked, participant away or silent, or a timer late.")
            .Several("errorStep", "That failed, or are failing, at these steps.")
            .Several("errorCode", "That failed, or are failing, with these codes.")
            .Several("stuckCode", "That are parked with these codes.")
            .Several("verdict", "That ended so.", "Completed", "Undone", "UndoneExcept")
            .Flag("undone", "Of which a step was undone.")
            .Flag("deadLetters", "That have dead letters that wait.")
            .Range("started", "Accepted")
            .Range("updated", "Changed last")
            .Range("ended", "Ended")
            .Columns();
    }
}
