namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_the_participants_are_killed
{
    private const int Orders = 100;

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_end_every_saga_with_each_effect_once()
    {
        await using var system = await KilledSystem.Start();
        var pushing = system.Push(Orders);
        foreach (var ended in new[] { 10, 50 })
        {
            await system.Ended(ended);
            system.KillParticipants();
            system.StartParticipants();
        }

        await pushing;
        await system.Ended(Orders);
        (await system.Check()).ShouldAllBe(check => check.Holds);
    }
}
