using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_somebody_asks_for_an_order
{
    private const string Incident = "Where is my order?";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_answered_on_one_page()
    {
        var id = await Provoked.OrderWithoutShipping(IncidentSystem.Running, "10248");
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await ann.Find("10248");
        await Expect(ann.Window.Heading).ToContainTextAsync("10248");
        await Expect(ann.Lead)
            .ToContainTextAsync(
                "It is under way, with 2 of 4 steps done. Now: create shipment. It waits for shipping, which is away",
                new() { Timeout = Operator.Bound }
            );
        await Expect(ann.Page.GetByText("Nobody can say when it ends: shipping is not expected to answer now").First).ToBeVisibleAsync();
        await Expect(ann.Page.GetByText("Done, and stands: reserve inventory and process payment.")).ToBeVisibleAsync();
        await ann.Picture();
        await IncidentSystem.Running.StartParticipant("shipping");
        await Expect(ann.Window.Heading).ToContainTextAsync("Completed", new() { Timeout = Operator.Bound });
        ann.IsThrough();
        await IncidentSystem.Running.Api.WaitFor(id, "Completed");
    }
}
