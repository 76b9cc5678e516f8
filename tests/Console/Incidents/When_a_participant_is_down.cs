using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_a_participant_is_down
{
    private const string Incident = "A participant is down";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_seen_since_when_and_for_whom_and_seen_to_be_over()
    {
        var orders = await Provoked.Absence(IncidentSystem.Running, "payments");
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await Expect(ann.Page.GetByText("Not there, or stopped: payments.")).ToBeVisibleAsync(new() { Timeout = Operator.Bound });
        await Expect(ann.Page.GetByRole(AriaRole.Region, new() { Name = "Alarms" }))
            .ToContainTextAsync("payments", new() { Timeout = Operator.Bound });
        await ann.Follow("See since when, and what to do");
        var payments = ann.Page.GetByRole(AriaRole.Region, new() { Name = "payments", Exact = true });
        await Expect(payments).ToContainTextAsync("Its queue has no consumer.");
        await Expect(payments).ToContainTextAsync("3, total 60.00 USD");
        await Expect(payments.Locator("time").First).ToBeVisibleAsync();
        await Expect(ann.Page.GetByText("It is them. To do: start what is not there")).ToBeVisibleAsync();
        await Expect(ann.Page.GetByText("If nobody does anything, they go on")).ToBeVisibleAsync();
        await ann.Picture();
        await IncidentSystem.Running.StartParticipant("payments");
        await Expect(ann.Lead).ToHaveTextAsync("Every participant is there.", new() { Timeout = Operator.Bound });
        ann.IsThrough();
        foreach (var order in orders)
        {
            await IncidentSystem.Running.Api.WaitFor(order, "Completed");
        }
    }
}
