using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_fifty_refunds_are_stuck
{
    private const string Incident = "Fifty refunds are stuck";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var system = await RunningSystem.Start(Provoked.FewRefunds);
        var walk = new Walk(Incident, system.Api);
        await Provoked.StuckRefunds(system);
        await walk.WaitForAlarm();
        await walk.Type();
        await Provoked.MendGateway(system);
        walk.Set("ID", (await walk.Type()).GetProperty("id").GetString()!);
        await walk.Type();
        walk.ShouldBeThrough();
        await walk.WaitUntilOver();
    }
}
