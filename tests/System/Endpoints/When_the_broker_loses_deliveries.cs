using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>
/// The broker takes messages for delivered that never arrived, so that none seems to wait in a queue, and nobody acknowledges them.
/// RabbitMQ's quorum queues were seen to do so after an election (rabbitmq-server issues 11228 and 15473).
/// </summary>
internal sealed class When_the_broker_loses_deliveries
{
    [Test]
    public async Task Should_have_them_delivered_again_over_a_new_connection()
    {
        await using var line = new ForgetfulLine();
        await using var system = await line.StartSystem();
        await system.Api.Run(Order.Of(), "Completed");

        line.LoseDeliveries();

        await system.Api.Run(Order.Of(), "Completed");
    }
}
