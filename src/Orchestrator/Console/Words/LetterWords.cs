namespace SagaOrchestrator.Console.Words;

/// <summary>What a dead letter's reason means: whose it is, and what to do. <c>docs/operating.md</c> has the same at length.</summary>
internal static class LetterWords
{
    public static string Blame(string reason, string queue) =>
        reason switch
        {
            "malformed" or "invalid" => $"The sender: it wrote what {queue} cannot take.",
            "message-id-reused" => "The sender: it gave another message the same id.",
            "conflict" => "The sender: its key belongs to another order.",
            "limit-exceeded" => "The sender, or a limit: the saga keeps as much as the limits allow.",
            "forged" => "Somebody who answers without having been asked. The header sent-by names the user.",
            "plain" => $"The sender: it sent a value to {queue} unencrypted that is marked as sensitive.",
            "orphan" => "Nobody, mostly: there was no such saga.",
            "unknown-message-type" => $"The build at {queue}, or the sender: nothing there handles such messages.",
            "handler-failed" => $"{queue}: its handler threw, time and again.",
            "delivery-limit" => $"{queue}: it returned the message time and again.",
            "rejected" => $"An operator or a program at {queue}: somebody rejected it without requeue.",
            "expired" => $"{queue}: the message stayed in the queue longer than its time.",
            "overflow" => $"{queue}: the queue was full.",
            _ => "Not known: the orchestrator has no such reason. Ask whoever reads that queue.",
        };

    public static string Advice(string reason) =>
        reason switch
        {
            "malformed" or "invalid" => "Have the sender correct it and send it anew, and discard this one; or redrive a corrected copy.",
            "message-id-reused" => "Have the sender give each message an id of its own, and discard this one; or redrive an edited copy.",
            "conflict" => "Have the sender use another key, and discard this one.",
            "limit-exceeded" => "Have the sender send less, or raise the limit that is named; then redrive it.",
            "forged" => "Find out who sends it. When the user is right, redrive it; else discard it.",
            "plain" => "Find out who sends it beside the orchestrator, and discard it.",
            "orphan" => "Discard it, unless its saga is there now: then redrive it.",
            "unknown-message-type" => "Deploy the build that handles it, then redrive it; or discard it.",
            "handler-failed" => "Mend what the log of that service shows, then redrive it.",
            "delivery-limit" => "See the log for what stopped that service, then redrive it.",
            _ => "Redrive it if somebody still wants it; else discard it.",
        };

    public static string Inaction(string queue) =>
        $"It stays in {queue}.dead-letter for as long as nobody acts. A saga that waits for it goes on by its own timeouts.";

    public static string Redrives(string queue) =>
        $"It goes to {queue} again as it was, and is out of {queue}.dead-letter. What was done before is not done again. "
        + "If something is still wrong with it, it comes back as another dead letter.";

    public static string Discards(string queue) =>
        $"It is taken off {queue}.dead-letter, and nobody handles it any more. Its copy can be read here until ended sagas are cleaned up.";

    public static string Verb(string verb) => verb == "redrive-edited" ? "redrive an edited copy" : verb;
}
