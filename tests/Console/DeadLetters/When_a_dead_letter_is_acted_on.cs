using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.DeadLetters;

[Property("Rule", "S33")]
public sealed class When_a_dead_letter_is_acted_on
{
    [Test]
    public async Task Should_be_redriven_and_handled()
    {
        var order = Order.Business(unitPrice: 600);
        var letter = await ConsoleSystem.Running.BurySignal(order["orderId"]!.ToString());
        var saga = await ConsoleSystem.Running.Api.StartSaga(order, "business-order");
        await ConsoleSystem.Running.Api.WaitForStep(saga, "await_approval", "Signal");
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{letter}");
        await Confirm(window, "Redrive", "goes to orchestrator again as it was");
        await Expect(window.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("It is back at its queue.");
        await Expect(window.Heading).ToContainTextAsync("redriven");
        await Expect(window.Page.GetByText("Nothing more can be done with it.")).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("by alice");
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("It is mended.");
        await ConsoleSystem.Running.Api.WaitFor(saga, "Completed");
        await Expect(window.Button("Redrive")).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_corrected_and_handled_in_the_letters_place()
    {
        var order = Order.Business(unitPrice: 600);
        var saga = await ConsoleSystem.Running.Api.StartSaga(order, "business-order");
        await ConsoleSystem.Running.Api.WaitForStep(saga, "await_approval", "Signal");
        var letter = await ConsoleSystem.Running.BurySignal(order["orderId"]!.ToString(), "seven");
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{letter}");
        await Expect(window.Page.Locator(".answers")).ToContainTextAsync("signalId");
        await window.Button("Edit a copy and redrive").ClickAsync();
        var text = window.Page.GetByLabel("The whole envelope");
        await Expect(text).ToBeFocusedAsync();
        var envelope = await text.InputValueAsync();
        await text.FillAsync("{ \"message\": {} }");
        await window.Page.GetByLabel("Your name").FillAsync("alice");
        await window.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("The id was none.");
        await window.Button("Send it in the letter's place").ClickAsync();
        await Expect(window.Page.Locator("form .trouble")).ToContainTextAsync("body.messageType");

        // An envelope is often larger than what a page may send at once.
        var corrected = envelope
            .Replace("\"seven\"", $"\"{Guid.NewGuid()}\"")
            .Replace("\n}", $",\n \"host\": \"{new string('h', 100_000)}\"\n}}");
        await text.FillAsync(corrected);
        await window.Button("Send it in the letter's place").ClickAsync();
        await Expect(window.Heading).ToContainTextAsync("redriven");
        var edited = window.Page.GetByRole(AriaRole.Region, new() { Name = "The body that went in its place" });
        await Expect(edited).ToContainTextAsync("approval");
        await Expect(edited).Not.ToContainTextAsync("seven");
        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "The body", Exact = true })).ToContainTextAsync("seven");
        await ConsoleSystem.Running.Api.WaitFor(saga, "Completed");
        (await ConsoleSystem.Running.Api.Outcomes(letter)).ShouldBe(["refused", "asked", "done"]);
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_discarded_with_a_reason()
    {
        var letter = await ConsoleSystem.Running.Bury("payments", "{ nobody wants this");
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{letter}");
        await Confirm(window, "Discard", "nobody handles it any more");
        await Expect(window.Heading).ToContainTextAsync("discarded");
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("discard");
        (await ConsoleSystem.Running.Sandbox.Peek("payments.dead-letter")).ShouldNotContain(message =>
            message.Payload == "{ nobody wants this"
        );
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_hear_in_a_sentence_that_somebody_was_faster()
    {
        var letter = await ConsoleSystem.Running.Bury("payments", "{ two want this");
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{letter}");
        await window.Button("Discard").ClickAsync();
        (await ConsoleSystem.Running.Api.ActOn(letter, "discard")).Status.ShouldBe(200);
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await FillIn(dialog, "Discard");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Look at what was asked of it");
    }

    [Test]
    public async Task Should_say_that_there_is_none()
    {
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{Guid.NewGuid()}");
        await Expect(window.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Look it up in the list of dead letters.");
    }

    private static async Task Confirm(Window window, string verb, string does)
    {
        await window.Page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(does);
        await FillIn(dialog, verb);
    }

    private static async Task FillIn(ILocator dialog, string verb)
    {
        await dialog.GetByLabel("Your name").FillAsync("alice");
        await dialog.GetByLabel("Why").FillAsync("It is mended.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = verb }).ClickAsync();
    }
}
