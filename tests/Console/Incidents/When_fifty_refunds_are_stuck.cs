using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_fifty_refunds_are_stuck
{
    private const string Incident = "Fifty refunds are stuck";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_counted_with_what_is_at_stake_and_retried_together()
    {
        await Provoked.StuckRefunds(IncidentSystem.Running);
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await Expect(ann.Lead).ToContainTextAsync("50 sagas need a person. The oldest has waited", new() { Timeout = Operator.Bound });
        await Expect(ann.Page.GetByText("At stake: total 50.00 USD.")).ToBeVisibleAsync();
        await ann.Follow("Act on them");
        var group = ann.Page.Locator("section.group");
        await Expect(group).ToContainTextAsync("at process_payment");
        await Expect(group).ToContainTextAsync("The gateway refuses to refund this card");
        await Expect(group).ToContainTextAsync("They stay as they are.");
        await ann.Picture();
        await Provoked.MendGateway(IncidentSystem.Running);
        await ann.Follow("Retry all…", group);
        await ann.BeginTheJob("The gateway is back.", Provoked.Refunds);
        await Expect(ann.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ealed" })).ToContainTextAsync("50");
        ann.IsThrough();
        await ann.Window.Go("/console/parked");
        await Expect(ann.Lead).ToHaveTextAsync("Nothing is stuck.");
    }
}
