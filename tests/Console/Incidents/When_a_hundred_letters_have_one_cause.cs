using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

/// <summary>Somebody rejected a hundred starts in the broker's console while the orchestrator was away.</summary>
public sealed class When_a_hundred_letters_have_one_cause
{
    private const string Incident = "A hundred dead letters of one cause";
    private const int Letters = 100;

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_one_cause_and_redriven_together()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        await RejectedStarts.Make(sandbox, Letters);
        await using var system = await RunningSystem.Start(sandbox: sandbox);
        await using var ann = await Operator.Begin(Incident, system.Api.BaseAddress!);
        await Expect(ann.Page.GetByText("100 dead letters wait")).ToBeVisibleAsync(new() { Timeout = Operator.Bound });
        await ann.Follow("See them by cause");
        await Expect(ann.Lead).ToContainTextAsync("100 dead letters wait, 1 cause.");
        var group = ann.Page.GetByRole(AriaRole.Region, new() { Name = "Rejected at orchestrator" });
        await Expect(group).ToContainTextAsync("somebody rejected it without requeue");
        await ann.Picture();
        await ann.Follow("Redrive all…", group);
        await ann.BeginTheJob("They were rejected by mistake.", Letters);
        ann.IsThrough();
        await ann.Window.Go("/console/dead-letters");
        await Expect(ann.Lead).ToHaveTextAsync("No dead letter waits.");
        await ann.Window.Go("/console/sagas?state=Completed");
        await Expect(ann.Page.Locator(".pager strong")).ToHaveTextAsync("100 sagas", new() { Timeout = Operator.Bound });
    }
}
