using System.Text.Json;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_the_orchestrator_is_killed
{
    private const int Orders = 150;

    [Test]
    [Property("Rule", "S25")]
    [Property("Rule", "S28")]
    public async Task Should_end_every_accepted_saga_with_the_same_check_holding()
    {
        await using var system = await KilledSystem.Start();
        var pushing = system.Push(Orders);
        foreach (var ended in new[] { 15, 50, 90 })
        {
            await system.Ended(ended);
            system.KillOrchestrator();
            system.StartOrchestrator();
        }

        await pushing;
        system.Pusher.Complaints.ShouldBeEmpty();
        system.Pusher.Started.Count.ShouldBe(Orders);
        await system.Ended(Orders);
        (await system.Check()).ShouldAllBe(check => check.Holds);
        (await system.Query<long>("select count(*) from orchestrator.saga")).ShouldBe(Orders);
        LinesAreJsonAndNameTheirSaga(system.OrchestratorLog);
    }

    private static void LinesAreJsonAndNameTheirSaga(string log)
    {
        var lines = File.ReadAllLines(log).Where(line => line.StartsWith('{')).ToArray();
        lines.Length.ShouldBeGreaterThan(Orders);
        var aboutSagas = 0;
        foreach (var line in lines)
        {
            var entry = TryParse(line);
            if (entry is { } parsed && parsed.GetProperty("RenderedMessage").GetString()!.StartsWith("Step ", StringComparison.Ordinal))
            {
                aboutSagas++;
                parsed.GetProperty("Properties").TryGetProperty("SagaId", out _).ShouldBeTrue(line);
                parsed.GetProperty("Properties").TryGetProperty("Step", out _).ShouldBeTrue(line);
            }
        }

        aboutSagas.ShouldBeGreaterThan(20);
        lines.ShouldAllBe(line => !line.Contains("tok_", StringComparison.Ordinal), "no card token is logged");
    }

    // A line that the kill cut off is not JSON.
    private static JsonElement? TryParse(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
