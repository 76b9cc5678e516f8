using Microsoft.Playwright;
using SagaOrchestrator.Tests.Bulk;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests;

public sealed class When_parked_sagas_are_retried_together
{
    [Test]
    [Property("Rule", "S33")]
    public async Task Should_show_first_what_would_be_done_and_then_how_it_goes()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 3);
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/parked");
        var group = window.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "external error at process_payment" });
        await Expect(group).ToContainTextAsync("The gateway refuses to refund this card");
        await Expect(group).ToContainTextAsync("USD");
        await group.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Retry all" }).ClickAsync();
        await Expect(window.Page.GetByText("would be acted on")).ToBeVisibleAsync();
        (await ConsoleSystem.Running.Api.GetStringAsync("/api/v1/bulk-jobs")).ShouldNotContain("retried together");

        await window.Go($"/console/bulk-jobs/new?verb=retry&state=Parked&keyPrefix={sagas.Prefix}");
        await Expect(window.Page.GetByText("3 of 3 sagas or steps would be acted on.")).ToBeVisibleAsync();
        await sagas.Mend();
        await window.Page.GetByLabel("Your name").FillAsync("alice");
        await window.Page.GetByLabel("Why").FillAsync("They are retried together.");
        await window.Button("Begin the job").ClickAsync();
        await Expect(window.Heading).ToContainTextAsync("Bulk job: retry");
        await Expect(window.Page.GetByText("3 of 3 items are through: 3 healed")).ToBeVisibleAsync();
        await Expect(window.Heading).ToContainTextAsync("Finished");
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_begin_nothing_without_a_name_and_a_reason()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 1);
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/bulk-jobs/new?verb=cancel&keyPrefix={sagas.Prefix}");
        await Expect(window.Page.GetByText("would be acted on")).ToBeVisibleAsync();
        await window.Page.GetByLabel("Do", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("retry");
        await Expect(window.Button("Begin the job")).ToBeDisabledAsync();
        await window.Page.GetByLabel("Your name").FillAsync("alice");
        await window.Page.GetByLabel("Why").FillAsync(" ");
        await window.Button("Look first").ClickAsync();
        await window.Button("Begin the job").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was begun.");
    }
}
