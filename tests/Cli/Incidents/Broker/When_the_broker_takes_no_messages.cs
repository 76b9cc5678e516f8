using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents.Broker;

/// <summary>It concerns every virtual host, so it is among the tests that run last.</summary>
public sealed class When_the_broker_takes_no_messages
{
    private const string Incident = "The broker takes no messages";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_say_what_to_free_and_be_well_when_it_is_free()
    {
        await BrokerControl.Run("set_vm_memory_high_watermark", "0");
        try
        {
            using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
            await ann.See("broker", "Unhealthy", "RabbitMQ takes no messages: it is low on memory.");
            await BrokerControl.Run("set_vm_memory_high_watermark", "absolute", "1GB");
            await Eventually.True(
                async () => (await IncidentSystem.Running.Api.GetAsync("/health/ready")).IsSuccessStatusCode,
                "the orchestrator is ready"
            );
            (await ann.Type()).ShouldNotContain("RabbitMQ takes no messages");
            ann.IsThrough();
        }
        finally
        {
            await BrokerControl.Run("set_vm_memory_high_watermark", "absolute", "1GB");
        }
    }
}
