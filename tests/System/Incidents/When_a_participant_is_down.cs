using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_a_participant_is_down
{
    private const string Incident = "A participant is down";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        var orders = await Provoked.Absence(system, "payments");
        await walk.WaitForAlarm();
        await walk.Type();
        await system.StartParticipant("payments");
        await walk.Type();
        walk.ShouldBeThrough();
        foreach (var order in orders)
        {
            await system.Api.WaitFor(order, "Completed");
        }

        await walk.WaitUntilOver();
    }
}
