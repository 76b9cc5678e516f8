using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_a_message_is_poison
{
    private const string Incident = "A message that nobody can read";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        await Provoked.Poison(system);
        await walk.WaitForAlarm();
        var letter = (await walk.Type()).GetProperty("items")[0];
        walk.Set("ID", letter.GetProperty("id").GetString()!);
        await walk.Type();
        walk.ShouldBeThrough();
        (await system.Sandbox.Peek("payments.dead-letter")).ShouldBeEmpty();
        await walk.WaitUntilOver();
        await system.Api.Run(Order.Of(), "Completed");
    }
}
