using System.Net;
using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_declines_storm
{
    private const string Incident = "A storm of declines";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_told_and_starts_stopped_and_begun_again()
    {
        await Provoked.Declines(IncidentSystem.Running);
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await Expect(ann.Page.GetByText("Most of order-fulfillment fail")).ToBeVisibleAsync(new() { Timeout = Operator.Bound });
        await Expect(ann.Page.GetByText("Most often:")).ToContainTextAsync("card declined at process_payment");
        await Expect(ann.Page.GetByText("If nobody does anything, the next fail too.")).ToBeVisibleAsync();
        await ann.Picture();
        await ann.Follow("Stop its starts until the cause is mended");
        var row = ann.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "order-fulfillment" });
        await ann.Press("Stop starts", row);
        await ann.Agree("The provider declines every card.");
        await Expect(row).ToContainTextAsync("stopped");
        await Expect(row).ToContainTextAsync("by ann");
        (await IncidentSystem.Running.Api.Post(Order.Of())).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await ann.Press("Start them again", row);
        await ann.Agree("The provider is right again.");
        await Expect(row).ToContainTextAsync("accepted");
        ann.IsThrough();
        await IncidentSystem.Running.Api.Run(Order.Of(), "Completed");
    }
}
