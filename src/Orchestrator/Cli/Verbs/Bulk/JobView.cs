using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Bulk;

/// <summary>A bulk job in words.</summary>
internal static class JobView
{
    private static readonly string[] Counts = ["pending", "done", "refused", "failed", "healed", "endedOtherwise", "parked", "underWay"];

    public static void Show(JsonElement job, Screen screen)
    {
        screen.Say(Line(job), Cells.StyleOf(job.Text("state")));
        screen.Say($"id {job.Text("id")}", Cells.Weak);
        screen.Say($"{job.Text("by")} began it {Times.Both(job.Time("createdAt"), screen.Now)}: {job.Text("reason")}");
        screen.Say($"Filter: {Filter(job)}");
        if (job.Time("endedAt") is { } ended)
        {
            screen.Say($"Ended {Times.Both(ended, screen.Now)}");
        }
    }

    /// <summary>One sentence, with what became of its items.</summary>
    public static string Line(JsonElement job)
    {
        var what = Words.Joined(" ", job.Text("verb"), job.Text("outcome"), job.Text("step"));
        return Words.Joined(
            " ",
            $"Bulk job {what} is {job.Text("state")}: {Words.Count(job.Number("total") ?? 0, "item")}{Progress(job)}.",
            job.Text("stateReason")
        );
    }

    public static string Filter(JsonElement job) => string.Join(' ', job.At("filter").Members().Select(one => $"{one.Name}={one.Value}"));

    /// <summary>What would be done, before it is.</summary>
    public static void Preview(JsonElement preview, Screen screen)
    {
        var (total, possible) = (preview.Number("total") ?? 0, preview.Number("possible") ?? 0);
        screen.Say($"It would act on {Words.Number(possible)} of {Words.Count(total, "item")}.");
        foreach (var refused in preview.At("refused").Members())
        {
            screen.Say($"Refused would be {refused.Value}: {refused.Name}", Cells.StyleOf("Refused"));
        }

        if (preview.Items().Any())
        {
            screen.Show(Items(preview, screen));
        }
    }

    public static Grid Items(JsonElement list, Screen screen) =>
        ListVerb.Table(
            list,
            ["NUMBER", "OUTCOME", "SAGA OR DEAD LETTER", "STEP", "AT", "~WHY"],
            (item, _) =>
                [
                    Cells.Of(item.Text("number")),
                    Cells.State(item.Text("outcome")),
                    Cells.Of(item.Text("sagaId") ?? item.Text("deadLetterId")),
                    Cells.Of(item.Text("step")),
                    Cells.When(item.Time("at"), screen.Now),
                    Cells.Of(Words.Joined(": ", item.Text("code"), item.Text("reason"))),
                ],
            screen
        );

    private static string Progress(JsonElement job)
    {
        var counted = Counts
            .Select(name => (name, Number: job.At("progress")?.Number(name) ?? 0))
            .Where(count => count.Number > 0)
            .Select(count => $"{Words.Number(count.Number)} {Words.Spaced(count.name)}");
        return Words.Joined(string.Empty, ", ", string.Join(", ", counted)) is { Length: > 2 } words ? words : string.Empty;
    }
}
