using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>Somebody rejected a hundred starts in the broker's console while the orchestrator was away.</summary>
public sealed class When_a_hundred_letters_have_one_cause
{
    private const string Incident = "A hundred dead letters of one cause";
    private const int Letters = 100;

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        await RejectedStarts.Make(sandbox, Letters);
        await using var system = await RunningSystem.Start(sandbox: sandbox);
        var walk = new Walk(Incident, system.Api);
        await walk.WaitForAlarm();
        await walk.Type();
        walk.Set("ID", (await walk.Type()).GetProperty("id").GetString()!);
        await walk.Type();
        walk.ShouldBeThrough();
        await Eventually.True(
            async () =>
                (await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/sagas?state=Completed&limit=500"))
                    .GetProperty("items")
                    .GetArrayLength() == Letters,
            "each order is completed"
        );
        await walk.WaitUntilOver();
    }
}
