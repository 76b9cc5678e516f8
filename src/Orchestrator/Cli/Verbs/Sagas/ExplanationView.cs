using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>What the API explains of one saga, in its own sentences.</summary>
internal static class ExplanationView
{
    public static void Show(JsonElement explained, Screen screen)
    {
        screen.Say($"{SagaGrid.NameOf(explained)} ({explained.Text("sagaId")})", Cells.Strong);
        screen.Say(explained.Text("state") ?? string.Empty, Cells.StyleOf(explained.Text("state")));
        foreach (var sentence in explained.Items("sentences"))
        {
            screen.Say(sentence.Text() ?? string.Empty);
        }

        foreach (var timer in explained.Items("timers"))
        {
            screen.Say($"Timer {Times.Both(timer.Time("dueAt"), screen.Now)}: {timer.Text("sentence")}");
        }

        if (explained.At("latestEnd").Text("sentence") is { } end)
        {
            screen.Say(end);
        }

        Moves(explained, screen);
    }

    private static void Moves(JsonElement explained, Screen screen)
    {
        var grid = new Grid("YOU CAN", "AT", "~WHAT IT WOULD DO, OR WHY NOT");
        foreach (var move in explained.Items("moves"))
        {
            var can = move.Flag("isPossible");
            grid.Row(
                Cells.Of((can ? string.Empty : "not ") + Words.Spaced(move.Text("kind")), can ? Spectre.Console.Style.Plain : Cells.Weak),
                Cells.Of(move.Text("step") ?? move.Text("signal")),
                Cells.Of(can ? move.Text("sentence") : move.Text("reason"), can ? Spectre.Console.Style.Plain : Cells.Weak)
            );
        }

        if (grid.Rows > 0)
        {
            screen.Say(string.Empty);
            screen.Show(grid);
        }
    }
}
