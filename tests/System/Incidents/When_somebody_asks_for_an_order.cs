using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_somebody_asks_for_an_order
{
    private const string Incident = "Where is my order?";

    [Test]
    public async Task Should_be_answered_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        var id = await Provoked.OrderWithoutShipping(system, "10248");
        var saga = await walk.Type();
        saga.GetProperty("id").GetGuid().ShouldBe(id);
        walk.Set("ID", id.ToString());
        await walk.Type();
        walk.ShouldBeThrough();
        await system.StartParticipant("shipping");
        await system.Api.WaitFor(id, "Completed");
    }
}
