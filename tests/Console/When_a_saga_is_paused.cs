using Microsoft.Playwright;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests;

[Property("Rule", "S42")]
public sealed class When_a_saga_is_paused
{
    [Test]
    public async Task Should_be_held_and_resumed_by_its_buttons()
    {
        var id = await Waiting();
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/sagas/{id}");
        await Press(window, "Pause the saga", "The buyer is looked into.");
        await Expect(window.Page.GetByText("by alice (The buyer is looked into)").First).ToBeVisibleAsync();
        await Expect(window.Button("Pause the saga")).ToHaveCountAsync(0);
        await Press(window, "Resume the saga", "All is well.");
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("operator resumed");
        await Expect(window.Button("Pause the saga")).ToBeVisibleAsync();
        (await ConsoleSystem.Running.Api.GetSaga(id)).TryGetProperty("pause", out _).ShouldBeFalse();
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    [Property("Rule", "S43")]
    public async Task Should_be_given_more_time_by_its_button()
    {
        var id = await Waiting();
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/sagas/{id}");
        await Press(window, "Give more time: await_approval", "The buyer is on holiday.", "2099-12-24T18:00:00Z");
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("The buyer is on holiday.");
        (await ConsoleSystem.Running.Api.GetSaga(id)).Step("await_approval").GetProperty("dueAt").GetDateTimeOffset().Year.ShouldBe(2099);
    }

    private static async Task Press(Browsing.Window window, string button, string why, string? data = null)
    {
        await window.Button(button).ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        if (data is not null)
        {
            await dialog.GetByLabel("Until when").FillAsync(data);
        }

        await dialog.GetByLabel("Your name").FillAsync("alice");
        await dialog.GetByLabel("Why").FillAsync(why);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button.Split(':')[0] }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static async Task<Guid> Waiting()
    {
        var id = await ConsoleSystem.Running.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await ConsoleSystem.Running.Api.WaitForStep(id, "await_approval", "Signal");
        return id;
    }
}
