using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_somebody_asks_who_cancelled
{
    private const string Incident = "Who cancelled this, and why?";

    [Test]
    public async Task Should_be_answered_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        var id = await Provoked.Cancelled(system, "10249");
        await walk.Type();
        walk.Set("ID", id.ToString());
        await walk.Type();
        walk.ShouldBeThrough();
    }
}
