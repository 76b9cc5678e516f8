using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>The connections are alive, but served nothing, while the queues have messages.</summary>
internal sealed class When_a_consumer_is_forgotten
{
    private const int Services = 5;

    [Test]
    public async Task Should_go_on_over_a_new_connection()
    {
        await using var line = new ForgetfulLine();
        await using var system = await line.StartSystem();
        await system.Api.Run(Order.Of(), "Completed");

        (await line.ForgetConsumers()).ShouldBeGreaterThanOrEqualTo(Services);

        await system.Api.Run(Order.Of(), "Completed");
    }
}
