using Microsoft.Playwright;
using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests;

public sealed class When_a_parked_saga_is_retried
{
    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_found_explained_retried_and_seen_to_end_without_reloading()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 1);
        var key = sagas.Prefix + 1;
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console");
        await window.Page.Keyboard.PressAsync("/");
        await window.Page.Keyboard.TypeAsync(key);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Heading).ToContainTextAsync(key);
        await Expect(window.Heading).ToContainTextAsync("Parked");
        await Expect(window.Page.GetByText("waiting for an operator").First).ToBeVisibleAsync();
        await window.IsAlive();
        await window.Page.EvaluateAsync("() => { window.isTheSamePage = true; }");

        await sagas.Mend();
        await window.Button("Retry: process_payment").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("sends the compensation of process_payment to payments again");
        await dialog.GetByLabel("Your name").FillAsync("alice");
        await dialog.GetByLabel("Why").FillAsync("The gateway is back.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry" }).ClickAsync();

        await Expect(window.Heading).ToContainTextAsync("Failed");
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("operator alice");
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("The gateway is back.");
        await Expect(window.Page.Locator(".timeline li").First).ToContainTextAsync("saga failed");
        (await window.Page.EvaluateAsync<bool>("() => window.isTheSamePage === true")).ShouldBeTrue();
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_say_who_acts_once_and_be_asked_no_more_in_this_browser()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 1);
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/sagas/{sagas.Ids[0]}");
        await window.Button("Retry: process_payment").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Your name").FillAsync("bob");
        await dialog.GetByLabel("Why").FillAsync("Look whether it is mended.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await ConsoleSystem.Running.Api.WaitFor(sagas.Ids[0], "Parked");
        await window.Go($"/console/sagas/{sagas.Ids[0]}");
        await window.Button("Skip its compensation: process_payment").ClickAsync();
        await Expect(dialog.GetByLabel("Your name")).ToHaveValueAsync("bob");
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(window.Heading).ToContainTextAsync("Parked");
    }
}
