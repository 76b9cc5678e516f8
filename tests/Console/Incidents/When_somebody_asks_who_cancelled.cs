using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_somebody_asks_who_cancelled
{
    private const string Incident = "Who cancelled this, and why?";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_answered_with_name_and_reason()
    {
        await Provoked.Cancelled(IncidentSystem.Running, "10249");
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await ann.Find("10249");
        await Expect(ann.Lead).ToHaveTextAsync("It was not carried out. bob cancelled it. “The customer called.”");
        await ann.Picture();
        await ann.Follow("What they did to it");
        var row = ann.Page.Locator("tbody tr");
        await Expect(row).ToContainTextAsync("cancel");
        await Expect(row).ToContainTextAsync("127.0.0.1");
        await Expect(row).ToContainTextAsync("The customer called.");
        ann.IsThrough();
    }
}
