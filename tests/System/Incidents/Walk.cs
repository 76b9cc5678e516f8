using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>An operator who walks through an incident: he types what the page says, and must see what it shows.</summary>
internal sealed class Walk(string title, HttpClient api, int alreadyTyped = 0)
{
    private readonly Incident incident = Incident.Of(title);
    private readonly Dictionary<string, string> variables = new() { ["HOST"] = api.BaseAddress!.GetLeftPart(UriPartial.Authority) };
    private int typed = alreadyTyped;

    /// <summary>Waits until the alarm stands that the page begins with.</summary>
    public Task WaitForAlarm() =>
        Eventually.Get(Alarms, alarms => alarms.EnumerateArray().Any(incident.Alarm!.Is), $"the alarm {incident.Alarm} stands");

    /// <summary>Waits until it is over.</summary>
    public Task WaitUntilOver() =>
        Eventually.Get(Alarms, alarms => !alarms.EnumerateArray().Any(incident.Alarm!.IsAbout), $"the alarm {incident.Alarm} is over");

    /// <summary>What a variable of the page holds from now on.</summary>
    public void Set(string variable, string value) => variables[variable] = value;

    /// <summary>
    /// Types the next command: one that changes something once, one that reads again and again until what the page shows is seen.
    /// </summary>
    public async Task<JsonElement> Type()
    {
        var call = incident.Calls[typed++];
        if (call.Seen is not { } shown)
        {
            await Shell(call.Command);
            return default;
        }

        async Task<JsonElement> Ask() => JsonElement.Parse(await Shell(call.Command));
        var answer = call.IsRead
            ? await Eventually.Get(Ask, answer => Shown.Holds(shown, answer), $"{call.Command} shows {shown}")
            : await Ask();
        Shown.Holds(shown, answer).ShouldBeTrue($"{call.Command} answers {answer}, and the page shows {shown}");
        return answer;
    }

    /// <summary>That nothing on the page was left out.</summary>
    public void ShouldBeThrough() => typed.ShouldBe(incident.Calls.Count);

    private async Task<JsonElement> Alarms() => (await api.GetFromJsonAsync<JsonElement>("/api/v1/alarms")).GetProperty("items");

    private async Task<string> Shell(string command)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"rabbitmqctl() {{ eval \"$SAGA_TEST_RABBITMQ_CONTROL $*\"; }}\n{command}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var said = shell.StandardOutput.ReadToEndAsync();
        var complained = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, $"{command}: {complained}");
        return await said;
    }
}
