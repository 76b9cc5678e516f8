using MassTransit;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>Asks the bus whether it reads the service's queue.</summary>
internal sealed class BusEndpoint(IBusControl bus, string queue) : ConditionCheck("bus")
{
    public override Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken)
    {
        var health = bus.CheckHealth();
        return Task.FromResult<IReadOnlyList<Trouble>>(
            health.Status == BusHealthStatus.Healthy
                ? []
                :
                [
                    new Trouble(
                        "bus",
                        "not-read",
                        $"The queue '{queue}' is not read: {health.Description}.",
                        "What is sent to this service waits in its queue, unless another node reads it.",
                        "It connects again by itself; see that RabbitMQ is up and takes this service's user and password."
                    )
                    {
                        // A consumer that reconnects, which its watch makes it do now and then, is not yet trouble.
                        StopsWork = true,
                        Looks = 3,
                    },
                ]
        );
    }
}
