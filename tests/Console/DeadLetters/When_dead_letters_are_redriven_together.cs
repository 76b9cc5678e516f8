using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.DeadLetters;

public sealed class When_dead_letters_are_redriven_together
{
    [Test]
    [Property("Rule", "S33")]
    public async Task Should_look_at_a_whole_group_first_and_then_do_it()
    {
        await ConsoleSystem.Running.Bury("notifications", "{ one");
        await ConsoleSystem.Running.Bury("notifications", "{ two");
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/dead-letters");
        var group = window.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Malformed at notifications" });
        await Expect(group).ToContainTextAsync("2 messages");
        await group.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Redrive all" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Act on many dead letters");
        await Expect(window.Page.GetByText("2 of 2 dead letters would be acted on.")).ToBeVisibleAsync();
        (await ConsoleSystem.Running.Api.Letters("queue=notifications")).Count.ShouldBe(2);

        await window.Page.GetByLabel("Your name").FillAsync("alice");
        await window.Page.GetByLabel("Why").FillAsync("They are redriven together.");
        await window.Button("Begin the job").ClickAsync();
        await Expect(window.Heading).ToContainTextAsync("Bulk job: redrive");
        await Expect(window.Page.GetByText("2 of 2 items are through: 2 redriven, 0 refused, 0 failed.")).ToBeVisibleAsync();
        await Expect(window.Heading).ToContainTextAsync("Finished");
        (await ConsoleSystem.Running.Api.Letters("queue=notifications&state=redriven")).Count.ShouldBe(2);

        // They are as wrong as before.
        await ConsoleSystem.Running.Api.WaitForLetters(2, "queue=notifications");
        await window.Page.Locator("td a").First.ClickAsync();
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("They are redriven together.");
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_discard_what_a_filter_finds()
    {
        var key = Order.NewId();
        await ConsoleSystem.Running.BurySignal(key);
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/all?key={key}");
        await window.Link("Discard all of these").ClickAsync();
        await Expect(window.Page.GetByText("1 of 1 dead letter would be acted on.")).ToBeVisibleAsync();
        await window.Page.GetByLabel("Your name").FillAsync("alice");
        await window.Page.GetByLabel("Why").FillAsync("Nobody waits for it.");
        await window.Button("Begin the job").ClickAsync();
        await Expect(window.Page.GetByText("1 of 1 item are through: 1 discarded")).ToBeVisibleAsync();
        var letters = await ConsoleSystem.Running.Api.GetFromJsonAsync<JsonElement>($"{DeadLetterClient.Path}?key={key}&state=discarded");
        letters.GetProperty("items").GetArrayLength().ShouldBe(1);
    }
}
