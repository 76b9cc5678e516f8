using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents.Broker;

/// <summary>It concerns every virtual host, so it is among the tests that run last.</summary>
public sealed class When_the_broker_takes_no_messages
{
    private const string Incident = "The broker takes no messages";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        await BrokerControl.Run("set_vm_memory_high_watermark", "0");
        try
        {
            await walk.WaitForAlarm();
            var id = await system.Api.StartSaga(Order.Of());
            await walk.Type();
            await walk.Type();
            await walk.Type();
            walk.ShouldBeThrough();
            await system.Api.WaitFor(id, "Completed");
            await walk.WaitUntilOver();
        }
        finally
        {
            await BrokerControl.Run("set_vm_memory_high_watermark", "absolute", "1GB");
        }
    }
}
