using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>A list of sagas.</summary>
internal static class SagaGrid
{
    // Ids are long. Whoever has no place for them finds a saga by its key.
    private const int WidthForIds = 150;

    public static Grid Of(IEnumerable<JsonElement> sagas, Screen screen)
    {
        var hasIds = screen.Width >= WidthForIds;
        string[] heads = ["TYPE/KEY", "STATE", "STARTED", "~WHY OR WHAT IT WAITS FOR", "~COLUMNS"];
        var grid = new Grid(hasIds ? [.. heads, "ID"] : heads);
        foreach (var saga in sagas)
        {
            Spectre.Console.Text[] cells =
            [
                Cells.Of(NameOf(saga)),
                Cells.State(saga.Text("state")),
                Cells.When(saga.Time("startedAt"), screen.Now),
                Cells.Of(Why(saga, screen.Now)),
                Cells.Of(Columns(saga)),
            ];
            grid.Row(hasIds ? [.. cells, Cells.Of(saga.Text("id"), Cells.Weak)] : cells);
        }

        return grid;
    }

    /// <summary>As <c>sagas show</c> takes it.</summary>
    public static string NameOf(JsonElement saga) => Words.Joined("/", saga.Text("type"), saga.Text("businessKey") ?? saga.Text("id"));

    /// <summary>What is wrong with it, or what it waits for.</summary>
    public static string Why(JsonElement saga, DateTimeOffset now)
    {
        if ((saga.At("stuck") ?? saga.At("error")) is { } error)
        {
            return Error(error);
        }

        return saga.At("waits") is { } waits
            ? Words.Joined(
                ", ",
                Words.Joined(": ", waits.Text("step"), Words.WaitsFor(waits.Text("for"))),
                waits.Time("since") is { } since ? $"since {Times.Long(now - since)}" : null,
                waits.Text("absence") is { } absence ? $"{waits.Text("participant")} is {absence.ToLowerInvariant()}" : null
            )
            : string.Empty;
    }

    public static string Error(JsonElement error) =>
        Words.Joined(" ", $"{error.Text("step")}: {error.Text("code")}.", error.Text("reason"));

    private static string Columns(JsonElement saga) =>
        string.Join(' ', saga.At("columns").Members().Select(column => $"{column.Name}={Value(column.Value)}"));

    private static string Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            ? Words.Joined(" ", value.Text("amount"), value.Text("currency"))
            : ((JsonElement?)value).Text() ?? string.Empty;
}
