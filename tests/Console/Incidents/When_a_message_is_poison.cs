using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_a_message_is_poison
{
    private const string Incident = "A message that nobody can read";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_read_and_discarded()
    {
        await Provoked.Poison(IncidentSystem.Running);
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await Expect(ann.Lead).ToHaveTextAsync("No saga needs a person now. Dead letters do.", new() { Timeout = Operator.Bound });
        await Expect(ann.Page.GetByText("1 dead letter waits")).ToBeVisibleAsync();
        await ann.Follow("See them by cause");
        await Expect(ann.Page.GetByText("The sender: it wrote what payments cannot take.")).ToBeVisibleAsync();
        await ann.Follow("See the newest");
        await Expect(ann.Page.GetByText("If nobody acts")).ToBeVisibleAsync();
        await ann.Picture();
        await ann.Press("Discard");
        await ann.Agree("Its sender sends it anew.");
        await Expect(ann.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("It is discarded.");
        await Expect(ann.Window.Heading).ToContainTextAsync("discarded");
        ann.IsThrough();
        (await IncidentSystem.Running.Sandbox.Peek("payments.dead-letter")).ShouldBeEmpty();
        await IncidentSystem.Running.Api.Run(Order.Of(), "Completed");
    }
}
