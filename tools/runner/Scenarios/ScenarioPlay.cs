using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Runner.Orders;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Scenarios;

/// <summary>Runs a scenario over the API, and prints the saga's history as it grows.</summary>
internal sealed class ScenarioPlay(HttpClient api, IAnsiConsole console)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Guid id;
    private int shown;
    private DateTimeOffset began;

    /// <returns>Whether the saga ended as the scenario says.</returns>
    public async Task<bool> Run(Scenario scenario, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        console.WriteLine();
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{scenario.Name}[/]: {scenario.What}");
        var answer = await api.PostAsync($"/api/v1/sagas/{scenario.Type}", JsonContent.Create(scenario.Order()), patience.Token);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
        if (!answer.IsSuccessStatusCode)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [red]The start was refused:[/] {body.GetRawText()}");
            return false;
        }

        id = body.GetProperty("id").GetGuid();
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [grey]{new Uri(api.BaseAddress!, $"/api/v1/sagas/{id}")}[/]");
        await scenario.Play(this, patience.Token);
        var state = await WaitForState("Completed", "Failed", patience.Token);
        var isRight = state == scenario.End;
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"  [bold]{(isRight ? state : $"{state}, and it should be {scenario.End}")}[/]"
        );
        return isRight;
    }

    public void Say(string what) => console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [yellow]>[/] {what}");

    public Task WaitForState(string state, CancellationToken cancellationToken) => WaitForState(state, state, cancellationToken);

    public async Task WaitForStep(string step, string waitsFor, CancellationToken cancellationToken) =>
        await Wait(
            saga =>
                saga.GetProperty("steps")
                    .EnumerateArray()
                    .Any(found =>
                        found.GetProperty("name").GetString() == step
                        && found.TryGetProperty("waitsFor", out var wait)
                        && wait.GetString() == waitsFor
                    ),
            cancellationToken
        );

    /// <summary>Does what a person would do with curl, and prints it.</summary>
    public async Task Post(string verb, JsonObject body, CancellationToken cancellationToken)
    {
        var address = new Uri(api.BaseAddress!, $"/api/v1/sagas/{id}/{verb}");
        if (api.IsKnown())
        {
            body.Remove("by");
        }

        var token = api.IsKnown() ? "-H \"Authorization: Bearer $(infra/run token administrator)\" " : string.Empty;
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"  [grey]curl -X POST {address} {token}-H 'content-type: application/json' -d '{body.ToJsonString()}'[/]"
        );
        var answer = await api.PostAsync($"/api/v1/sagas/{id}/{verb}", JsonContent.Create(body), cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  [red]{(int)answer.StatusCode}[/] {problem.GetProperty("detail").GetString()}"
            );
        }
    }

    private async Task<string> WaitForState(string one, string other, CancellationToken cancellationToken) =>
        (await Wait(saga => saga.GetProperty("state").GetString() is { } state && (state == one || state == other), cancellationToken))
            .GetProperty("state")
            .GetString()!;

    private async Task<JsonElement> Wait(Func<JsonElement, bool> enough, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            var saga = await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}", cancellationToken);
            await Show(cancellationToken);
            if (enough(saga) || saga.GetProperty("state").GetString() is "Completed" or "Failed")
            {
                return saga;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task Show(CancellationToken cancellationToken)
    {
        var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}/history?after={shown}", cancellationToken);
        foreach (var entry in page.GetProperty("items").EnumerateArray())
        {
            shown = entry.GetProperty("version").GetInt32();
            var at = entry.GetProperty("at").GetDateTimeOffset();
            began = shown == 1 ? at : began;
            var attempt =
                entry.TryGetProperty("attempt", out var number) && number.GetInt32() > 1 ? $" (attempt {number.GetInt32()})" : string.Empty;
            string[] rest = [Text(entry, "code"), Text(entry, "by"), Text(entry, "reason")];
            var (type, grey) = (entry.GetProperty("type").GetString(), string.Join(" · ", rest.Where(text => text.Length > 0)));
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  {(at - began).TotalSeconds, 7:0.00} s  {type, -26} {Text(entry, "step")}{attempt} [grey]{grey}[/]"
            );
        }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var text) ? text.GetString() ?? string.Empty : string.Empty;
}
