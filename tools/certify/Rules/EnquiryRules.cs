using System.Text.Json.Nodes;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>What is answered to whoever asks whether a step happened.</summary>
internal static class EnquiryRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new(
            "enquiry-before",
            "QueryOutcome before the command is answered with not_done, and the command is refused from then on.",
            "Answer not_done only with a tombstone in the same transaction: the orchestrator relies on it.",
            Before
        ),
        new(
            "enquiry-after",
            "QueryOutcome for what has completed is answered with done and the first result.",
            "Answer from what is remembered of saga id and step.",
            After
        ),
        new(
            "enquiry-undone",
            "QueryOutcome for what is undone is answered with not_done.",
            "Undone counts as not done: look at the compensation first.",
            Undone
        ),
        new(
            "enquiry-at-once",
            "When command and QueryOutcome come together, both answers fit: done goes with completed, not_done with refused.",
            "Lock the row of saga id and step before either looks at it.",
            AtOnce
        ),
        new(
            "enquiry-during",
            "QueryOutcome for what was accepted and has no outcome is answered with in_progress. The answer comes later.",
            "Answer in_progress while the work goes on, and send SagaStepProgressed meanwhile.",
            During
        ),
    ];

    private static async Task<string> Before(Trial trial)
    {
        MustReport(await trial.Ask(trial.Enquiry()), "not_done", "Before the command, QueryOutcome");
        await trial.MustRefuse(trial.Do(), "After not_done, the command");
        return "not_done, then the command was refused.";
    }

    private static async Task<string> After(Trial trial)
    {
        var done = await trial.Complete();
        var answer = await trial.Ask(trial.Enquiry());
        MustReport(answer, "done", "QueryOutcome for what has completed");
        Must(JsonNode.DeepEquals(answer.Result, done.Result), $"The command was answered with {done}, the enquiry with {answer}.");
        return answer.ToString();
    }

    private static async Task<string> Undone(Trial trial)
    {
        await trial.Complete();
        await trial.Ask(trial.Undo());
        MustReport(await trial.Ask(trial.Enquiry()), "not_done", "QueryOutcome for what is undone");
        return "not_done.";
    }

    private static async Task<string> AtOnce(Trial trial)
    {
        await Task.WhenAll(trial.Send(trial.Do()), trial.Send(trial.Enquiry()));
        var (done, told) = await trial.Both(CommandKind.Enquire);
        Must(
            told.Outcome == "not_done" ? done.IsFenced : done.IsCompleted,
            $"The command was answered with {done}, and QueryOutcome beside it with {told}."
        );
        return $"{done}; {told}.";
    }

    private static async Task<string> During(Trial trial)
    {
        await trial.Send(trial.Do(kind: "deferred"));
        MustReport(await trial.Ask(trial.Enquiry()), "in_progress", "QueryOutcome for what was accepted");
        var answer = await trial.Next(CommandKind.Do);
        Must(answer.IsCompleted, $"The work ended with {answer}.");
        return $"in_progress, then {answer}.";
    }

    private static void MustReport(Answer answer, string outcome, string what) =>
        Must(answer.Outcome == outcome, $"{what} was answered with {answer}.");
}
