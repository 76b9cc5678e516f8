using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Words;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What a saga has done, what was undone, and what nobody knows, with the money that it is about.</summary>
internal static class PlainEffects
{
    private const string Undo = "Undo";

    // The last group is of what is not there any more.
    private static readonly (string Words, Func<ExplainedStep, bool> Is)[] Groups =
    [
        ("Done, and stands", step => step.Phase == "Done"),
        ("Done, and not undone yet", step => step.Phase == "Undoing" || IsParked(step, Undo)),
        ("May still stand, for undoing it was given up", step => step.Phase == "LeftStanding"),
        ("Nobody knows whether it was done", step => step.Phase == "Unknown" || IsParked(step, "Do")),
        ("Under way", step => step.Phase == "Running"),
        ("Done, and undone again", step => step.Phase == "Undone"),
    ];

    public static string Of(SagaFacts seen) =>
        string.Join(' ', Sentences([.. seen.Explained.Steps.Where(step => step.Participant is not null).Select(Fate(seen))], seen.Stake));

    // What is done is still to be undone, as long as a saga that fails has not ended.
    private static Func<ExplainedStep, ExplainedStep> Fate(SagaFacts seen) =>
        step =>
            step.Phase == "Done" && seen.Status is { ForwardError: not null, EndedAt: null } && step.WouldBeUndone is not null
                ? step with
                {
                    Phase = "Undoing",
                }
                : step;

    private static IEnumerable<string> Sentences(ExplainedStep[] steps, string? stake)
    {
        if (stake is not null)
        {
            yield return $"It is about {stake}.";
        }

        var groups = Groups
            .Select(group => (group.Words, Steps: PlainAnswers.Words(steps.Where(group.Is).Select(step => PlainAnswers.Name(step.Name)))))
            .Where(group => group.Steps.Length > 0)
            .Select(group => $"{group.Words}: {group.Steps}.")
            .ToArray();
        foreach (var group in groups)
        {
            yield return group;
        }

        if (!steps.Any(step => Groups[..^1].Any(group => group.Is(step))))
        {
            yield return stake is null ? "Nothing stands." : $"Nothing stands, so nothing of {stake} is charged.";
        }
    }

    private static bool IsParked(ExplainedStep step, string direction) => step.Phase == "Parked" && step.Direction == direction;
}
