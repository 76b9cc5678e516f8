namespace SagaOrchestrator.Http.Description;

/// <summary>What each parameter means. One name means one thing in every operation.</summary>
internal static class ParameterWords
{
    private static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        ["amounts"] = "Whether to sum up the columns of money of all that match.",
        ["after"] = "Goes on behind this: the 'next' of a page, or what was seen last. From the beginning when it is left out.",
        ["before"] = "Before this time, or day.",
        ["businessKey"] = "What the business calls the saga, percent-encoded.",
        ["by"] = "Of the operators' log: the operator. Of statistics: the length of a period.",
        ["code"] = "The problem's code.",
        ["count"] = "Whether the answer counts all that match.",
        ["cursor"] = "The 'next' or 'previous' of a page of the same query.",
        ["deadLetters"] = "Whether they have dead letters that wait.",
        ["edited"] = "Whether the body is asked for that went in the letter's place.",
        ["endedBefore"] = "Ended before this time.",
        ["endedFrom"] = "Ended at this time or later.",
        ["errorCode"] = "Failed, or failing, with these codes.",
        ["errorStep"] = "Failed, or failing, at these steps.",
        ["fields"] = "Only these members of each item.",
        ["format"] = "The form of the answer; it counts before the header Accept.",
        ["from"] = "At this time, or on this day, or later. Of differences: the version to compare with.",
        ["id"] = "Its id.",
        ["key"] = "With exactly this business key.",
        ["keyPrefix"] = "With a business key that begins so.",
        ["kind"] = "On what was acted: saga, participant, saga-type, bulk-job, dead-letter or webhook.",
        ["limit"] = "How many items a page has at most.",
        ["messageType"] = "Of these message types, without namespace.",
        ["name"] = "The participant.",
        ["number"] = "The delivery's number.",
        ["outcome"] = "With this outcome.",
        ["participant"] = "Waiting at a step of these participants.",
        ["queue"] = "Taken from these queues.",
        ["reason"] = "For these reasons.",
        ["sagaId"] = "Of this saga.",
        ["sagaType"] = "Of sagas of these types.",
        ["sort"] = "In this order; with a minus the newest first.",
        ["startedBefore"] = "Accepted before this time.",
        ["startedFrom"] = "Accepted at this time or later.",
        ["state"] = "In one of these states.",
        ["step"] = "Waiting at these steps.",
        ["stuck"] = "Whether they need somebody.",
        ["stuckCode"] = "Parked with these codes.",
        ["subject"] = "On which one was acted: an id or a name.",
        ["type"] = "The saga type; where several are taken, separated by commas.",
        ["undone"] = "Whether any step was undone.",
        ["updatedBefore"] = "Changed last before this time.",
        ["updatedFrom"] = "Changed last at this time or later.",
        ["verb"] = "What was done.",
        ["verdict"] = "Ended so.",
        ["version"] = "Of this plan version.",
        ["wait"] = "How long to wait for an outcome when there is none; at most 30s.",
        ["waitsFor"] = "Waiting for one of these.",
        ["waitsLongerThan"] = "Waiting at their step for longer.",
    };

    /// <summary>The words; null for a name that is not known here. A test finds those.</summary>
    public static string? Of(string name) => All.GetValueOrDefault(name);
}
