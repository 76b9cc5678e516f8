using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>One call of a verb.</summary>
/// <param name="Parsed">What was typed.</param>
/// <param name="Screen">Where it is shown.</param>
/// <param name="Api">Whom it asks.</param>
/// <param name="Stop">Ends it.</param>
internal sealed record Call(ParseResult Parsed, Screen Screen, ApiClient Api, CancellationToken Stop)
{
    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);

    public Task<ApiAnswer> Get(Operation operation, params string[] values) => Api.Get(operation, Query.None, Stop, values);

    public Task<ApiAnswer> Get(Operation operation, Query query, params string[] values) => Api.Get(operation, query, Stop, values);

    /// <summary>Asks, and shows the answer: to a script as it is, to a person by <paramref name="show"/>.</summary>
    public async Task Show(Operation operation, Query query, Action<JsonElement> show, params string[] values)
    {
        var answer = await Get(operation, query, values);
        Show(answer, show);
    }

    public void Show(ApiAnswer answer, Action<JsonElement> show)
    {
        if (Screen.IsJson)
        {
            Screen.Raw(answer.Text);
        }
        else
        {
            show(answer.Json);
        }
    }

    /// <summary>A list, or a sentence where there is nothing in it.</summary>
    public void Show(Grid grid, string nothing)
    {
        if (grid.Rows == 0)
        {
            Screen.Say(nothing);
        }
        else
        {
            Screen.Show(grid);
        }
    }
}
