using System.Net;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_declines_storm
{
    private const string Incident = "A storm of declines";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        await Provoked.Declines(system);
        await walk.Type();
        await walk.Type();
        (await system.Api.Post(Order.Of())).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await walk.Type();
        walk.ShouldBeThrough();
        await system.Api.Run(Order.Of(), "Completed");
    }
}
