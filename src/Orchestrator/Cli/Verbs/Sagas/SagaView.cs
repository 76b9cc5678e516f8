using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>Where one saga stands.</summary>
internal static class SagaView
{
    public static void Show(JsonElement saga, Screen screen)
    {
        Head(saga, screen);
        screen.Show(Steps(saga, screen.Now));
        Timers(saga, screen);
        Letters(saga, screen);
        Actions(saga, screen);
    }

    /// <summary>One line: which it is and how it stands.</summary>
    public static string Line(JsonElement saga) =>
        Words.Joined(", ", $"{SagaGrid.NameOf(saga)} is {saga.Text("state")}", Verdict(saga))
        + ((saga.At("compensationError") ?? saga.At("forwardError")) is { } error ? $". {SagaGrid.Error(error)}" : ".");

    private static void Head(JsonElement saga, Screen screen)
    {
        screen.Show(
            new Spectre.Console.Paragraph(Clean.Line(SagaGrid.NameOf(saga)), Cells.Strong)
                .Append(" ")
                .Append(Clean.Line(saga.Text("state")), Cells.StyleOf(saga.Text("state")))
                .Append(Clean.Line(Verdict(saga) is { } verdict ? " " + verdict : null))
        );
        var facts = new Grid("", "~");
        Fact(facts, "id", saga.Text("id"));
        Fact(facts, "plan version", saga.Text("planVersion"));
        Fact(facts, "started", Times.Both(saga.Time("startedAt"), screen.Now));
        Fact(facts, "changed", Times.Both(saga.Time("updatedAt"), screen.Now));
        Fact(facts, "ended", Times.Both(saga.Time("endedAt"), screen.Now));
        Fact(facts, "gives up", Times.Both(saga.Time("deadlineAt"), screen.Now));
        Fact(facts, "failed at", saga.At("forwardError") is { } forward ? SagaGrid.Error(forward) : null);
        Fact(facts, "while undoing", saga.At("compensationError") is { } undoing ? SagaGrid.Error(undoing) : null);
        Fact(facts, "undone", string.Join(", ", saga.Items("compensated").Select(step => step.Text())));
        Fact(facts, "if it fails, undoes", string.Join(", ", saga.Items("wouldBeUndone").Select(step => step.Text())));
        Fact(facts, "verdict", saga.At("verdict").Text("sentence"));
        Fact(facts, "trace", saga.Text("traceId"));
        screen.Show(facts);
        screen.Say(string.Empty);
    }

    private static void Fact(Grid facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Row(Cells.Of(name, Cells.Weak), Cells.Of(value));
        }
    }

    private static string? Verdict(JsonElement saga) =>
        saga.At("verdict").Text("kind") is { } kind && kind != saga.Text("state") ? Words.Spaced(kind) : null;

    private static Grid Steps(JsonElement saga, DateTimeOffset now)
    {
        var grid = new Grid("STEP", "AT", "STATE", "TRIED", "~WAITS FOR", "~ERROR OR NOTE");
        foreach (var step in saga.Items("steps"))
        {
            grid.Row(
                Cells.Of(step.Text("name")),
                Cells.Of(step.Text("participant") ?? (step.Text("signal") is { } signal ? $"signal {signal}" : null)),
                Cells.State(step.Text("state")),
                Cells.Of(Tried(step)),
                Cells.Of(Wait(step, now)),
                Cells.Of(
                    Words.Joined(
                        " ",
                        step.At("error") is { } error ? $"{error.Text("code")}. {error.Text("reason")}" : null,
                        step.Text("refusedResult"),
                        step.Text("note")
                    )
                )
            );
        }

        return grid;
    }

    private static string Tried(JsonElement step) =>
        Words.Joined(
            ", ",
            step.Number("attempts") is > 0 and var attempts ? Of(attempts, step.Number("ofAttempts")) : null,
            step.Number("compensationAttempts") is > 0 and var undos ? $"undo {Of(undos, step.Number("ofCompensationAttempts"))}" : null
        );

    private static string Of(long attempts, long? most) => most is null ? $"{attempts}" : $"{attempts} of {most}";

    private static string Wait(JsonElement step, DateTimeOffset now) =>
        step.Text("waitsFor") is { } wait
            ? Words.Joined(
                ", ",
                Words.WaitsFor(wait),
                step.Time("dueAt") is { } due ? $"until {Times.Both(due, now)}" : null,
                step.At("absence").Text("reason") ?? step.At("absence").Text("kind")
            )
            : string.Empty;

    private static void Timers(JsonElement saga, Screen screen)
    {
        foreach (var timer in saga.Items("timers"))
        {
            var does = string.Join("; ", timer.Items("does").Select(part => part.Text()));
            screen.Say($"Timer {Times.Both(timer.Time("dueAt"), screen.Now)}: {Words.Joined(": ", timer.Text("step"), does)}");
        }
    }

    private static void Letters(JsonElement saga, Screen screen)
    {
        foreach (var letter in saga.Items("deadLetters"))
        {
            screen.Say(
                $"Dead letter {letter.Text("id")} of {letter.Text("queue")} ({letter.Text("reason")}), "
                    + Times.Both(letter.Time("at"), screen.Now),
                Cells.StyleOf("waiting")
            );
        }
    }

    private static void Actions(JsonElement saga, Screen screen)
    {
        foreach (var action in saga.Items("actions"))
        {
            var name = Words.Joined(" ", Words.Spaced(action.Text("action")), action.Text("step") ?? action.Text("signal"));
            screen.Say($"You can {name}: {action.Text("does")}", Cells.Weak);
        }
    }
}
