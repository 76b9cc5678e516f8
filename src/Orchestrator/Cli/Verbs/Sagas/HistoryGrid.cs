using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>What happened to a saga.</summary>
internal static class HistoryGrid
{
    public static Grid Make() => new("AT", "WHAT", "STEP", "~BECAUSE OF", "~WHY");

    public static void Add(Grid grid, JsonElement entry) =>
        grid.Row(
            Cells.Of(At(entry)),
            Cells.Of(Words.Spaced(entry.Text("type"))),
            Cells.Of(Step(entry)),
            Cells.Of(Cause(entry)),
            Cells.Of(Why(entry))
        );

    /// <summary>The same as one line.</summary>
    public static string Line(JsonElement entry) =>
        Words.Joined("  ", At(entry), Words.Spaced(entry.Text("type")), Step(entry), Cause(entry), Why(entry));

    private static string At(JsonElement entry) => entry.Time("at") is { } at ? Times.Absolute(at) : string.Empty;

    private static string Step(JsonElement entry) =>
        Words.Joined(
            " ",
            entry.Text("direction") == "undo" ? "undo" : null,
            entry.Text("step"),
            entry.Number("attempt") is > 1 and var attempt ? $"({attempt})" : null
        );

    private static string Cause(JsonElement entry)
    {
        var cause = entry.At("cause");
        return cause.Text("kind") switch
        {
            "Start" => "its start",
            "Begin" => "its beginning",
            "Reply" => $"an answer of {cause.Text("by")}",
            "Timer" => "a timer",
            "Operator" => $"operator {cause.Text("by")}",
            "Signal" => $"signal {cause.Text("by")}",
            var other => Words.Spaced(other),
        };
    }

    private static string Why(JsonElement entry) =>
        Words.Joined(
            " ",
            entry.Text("code") is { } code ? code + "." : null,
            entry.Text("reason"),
            entry.Time("dueAt") is { } due ? $"(due {Times.Absolute(due)})" : null
        );
}
