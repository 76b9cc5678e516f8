using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents.Broker;

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
            await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
            await Expect(ann.Page.GetByText("The orchestrator cannot work now.")).ToBeVisibleAsync(new() { Timeout = Operator.Bound });
            var id = await IncidentSystem.Running.Api.StartSaga(Order.Of());
            await Expect(ann.Page.GetByText("RabbitMQ takes no messages: it is low on memory.").First).ToBeVisibleAsync();
            await ann.Picture();
            await BrokerControl.Run("set_vm_memory_high_watermark", "absolute", "1GB");
            await Expect(ann.Page.GetByText("The orchestrator is well.")).ToBeVisibleAsync(new() { Timeout = Operator.Bound });
            await Expect(ann.Page.GetByRole(AriaRole.Region, new() { Name = "Alarms" }))
                .ToHaveCountAsync(0, new() { Timeout = Operator.Bound });
            ann.IsThrough();
            await IncidentSystem.Running.Api.WaitFor(id, "Completed");
        }
        finally
        {
            await BrokerControl.Run("set_vm_memory_high_watermark", "absolute", "1GB");
        }
    }
}
