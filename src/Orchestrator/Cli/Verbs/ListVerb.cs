using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using Spectre.Console.Rendering;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>Makes verbs that show a list of the API as a table.</summary>
internal static class ListVerb
{
    /// <param name="name">Of the verb.</param>
    /// <param name="description">What it lists.</param>
    /// <param name="operation">What it reads.</param>
    /// <param name="parameters">Filters and page.</param>
    /// <param name="nothing">What to say of an empty list.</param>
    /// <param name="heads">The columns.</param>
    /// <param name="row">The cells of an item.</param>
    /// <param name="next">The parameter to which <c>next</c> of an answer belongs; null where there are no pages.</param>
    public static Command Make(
        string name,
        string description,
        Operation operation,
        Parameters parameters,
        string nothing,
        string[] heads,
        Func<JsonElement, Screen, IRenderable[]> row,
        string? next = null
    ) =>
        new Verb(name, description, operation)
            .With(parameters)
            .Does(async call =>
            {
                var answer = await call.Get(operation, parameters.Query(call.Parsed));
                call.Show(answer, json => call.Show(Table(json, heads, row, call.Screen), nothing));
                if (!call.Screen.IsJson && next is not null && answer.Json.Text("next") is { } page)
                {
                    call.Screen.NoteUnbroken($"There are more: {Parameters.OptionOf(next)} {page}");
                }
            });

    public static Grid Table(
        JsonElement list,
        string[] heads,
        Func<JsonElement, Screen, IRenderable[]> row,
        Screen screen,
        string items = "items"
    )
    {
        var grid = new Grid(heads);
        foreach (var item in list.Items(items))
        {
            grid.Row(row(item, screen));
        }

        return grid;
    }
}
