using System.Net;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Health;

public sealed class When_the_broker_takes_no_messages
{
    [Test]
    public Task Should_say_that_its_memory_is_low_and_what_follows() =>
        WatchedSystem.Tells(
            "broker",
            HttpStatusCode.ServiceUnavailable,
            "RabbitMQ takes no messages: it is low on memory. What is sent stays in the outbox; sagas stand still.",
            _ => BrokerControl.Run("set_vm_memory_high_watermark", "0"),
            _ => BrokerControl.Run("set_vm_memory_high_watermark", "absolute", "1GB")
        );
}
