using Microsoft.Playwright;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.DeadLetters;

public sealed class When_dead_letters_are_read
{
    private const string Evil = "<img src=x onerror='window.isTaken = true'><script>window.isTaken = true</script>";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_lead_from_a_cause_to_its_messages_and_to_one()
    {
        var letter = await ConsoleSystem.Running.Bury("shipping", "{ this is not JSON");
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console");
        await window.Link("See them by cause").ClickAsync();
        var group = window.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Malformed at shipping" });
        await Expect(group).ToContainTextAsync("The sender: it wrote what shipping cannot take.");
        await Expect(group).ToContainTextAsync("redrive a corrected copy");
        await Expect(window.Page.Locator(".lead")).ToContainTextAsync(await Waiting());
        await group.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "See them" }).ClickAsync();
        await Expect(window.Page.GetByLabel("Taken from queue")).ToHaveValueAsync("shipping");
        await Expect(window.Page.GetByLabel("For reason")).ToHaveValueAsync("malformed");
        await window.Page.Locator($"a[href$='{letter}']").ClickAsync();

        await Expect(window.Heading).ToContainTextAsync("a message without a type");
        await Expect(window.Heading).ToContainTextAsync("waiting");
        await Expect(window.Page.GetByText("Expected valid JSON").First).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("It stays in shipping.dead-letter")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("pre.body")).ToHaveTextAsync("{ this is not JSON");
        var header = window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dead-letter-id" });
        await Expect(header).ToContainTextAsync(letter.ToString());
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_show_what_others_wrote_as_text()
    {
        var letter = await ConsoleSystem.Running.Bury("shipping", $$"""{ "note": "{{Evil}}", "city": "القاهرة 🚀" }""", ("x-note", Evil));
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{letter}");
        var body = window.Page.Locator("pre.body");
        await Expect(body).ToContainTextAsync(Evil);
        await Expect(body).ToContainTextAsync("القاهرة 🚀");
        await Expect(window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "x-note" })).ToContainTextAsync(Evil);
        (await window.Page.EvaluateAsync<bool>("() => window.isTaken === true")).ShouldBeFalse();
        (await window.Page.Locator("main img, main script").CountAsync()).ShouldBe(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_found_by_any_key_and_lead_to_its_saga()
    {
        var key = $"طلب-🚀-<b>-{Order.NewId()}";
        var letter = await ConsoleSystem.Running.BurySignal(key);
        await using var window = await ConsoleSystem.Open(width: 390);
        await window.Go("/console/dead-letters/all");
        await window.Page.GetByLabel("Of the saga with key").FillAsync(key);
        await window.Button("Search").ClickAsync();
        await Expect(window.Page.GetByText("1 dead letter, 1 cause")).ToBeVisibleAsync();
        await window.Link("SagaSignal").ClickAsync();
        await Expect(window.Page.Locator("pre.body")).ToContainTextAsync($"\"businessKey\": \"{key}\"");
        await Expect(window.Page.GetByText("JSON,")).ToContainTextAsync("shown with line breaks");
        await Expect(window.Page.Locator("dd").Filter(new() { HasText = key })).ToBeVisibleAsync();
        window.Page.Url.ShouldEndWith(letter.ToString());
        window.Complaints.ShouldBeEmpty();
    }

    [TestCase(300_000, "300.0 kB: too much for a page.")]
    [TestCase(0, "no text")]
    public async Task Should_say_in_words_what_it_cannot_show(int size, string sentence)
    {
        var payload = size > 0 ? new string('x', size) : "\u0001\u0002 pressed";
        var letter = await ConsoleSystem.Running.Bury("shipping", payload);
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/dead-letters/{letter}");
        await Expect(window.Page.GetByText(sentence)).ToBeVisibleAsync();
        await Expect(window.Button("Edit a copy and redrive")).ToBeDisabledAsync();
        await Expect(window.Page.GetByText("Its body cannot be edited here.")).ToBeVisibleAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Link("Download it to the byte").ClickAsync());
        (await File.ReadAllTextAsync((await download.PathAsync())!)).ShouldBe(payload);
    }

    private static async Task<string> Waiting() => $"{(await ConsoleSystem.Running.Api.Letters("limit=500")).Count} dead letter";
}
