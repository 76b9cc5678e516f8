using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.DeadLetters;
using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Operators;

[Property("Rule", "S33")]
public sealed class When_actions_are_read
{
    private const string Evil = "<img src=x onerror='window.isTaken = true'> بسبب 🚀";

    [Test]
    public async Task Should_tell_who_did_what_from_where_when_why_and_what_came_of_it()
    {
        var who = "auditor-" + Order.NewId();
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 1);
        var saga = sagas.Ids[0];
        await sagas.Mend();
        await ConsoleSystem.Running.Api.Operate(
            saga,
            "retry",
            new
            {
                step = "process_payment",
                by = who,
                reason = Evil,
            }
        );
        await ConsoleSystem.Running.Api.WaitFor(saga, "Failed");
        await ConsoleSystem.Running.Api.Operate(
            saga,
            "retry",
            new
            {
                step = "nowhere",
                by = who,
                reason = "Too late.",
            }
        );
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/audit");
        await window.Page.GetByLabel("By", new() { Exact = true }).FillAsync(who);
        await window.Button("Search").ClickAsync();
        await Expect(window.Page.Locator(".lead")).ToContainTextAsync($"The last: retry by {who}");
        await Expect(window.Page.Locator(".lead")).ToContainTextAsync("Of the 2 shown, 1 refused.");
        var done = window.Page.Locator("tbody tr").Filter(new() { HasText = "retry process_payment" });
        await Expect(done).ToContainTextAsync("127.0.0.1");
        await Expect(done).ToContainTextAsync(Evil);
        await Expect(done.Locator(".badge.good")).ToHaveTextAsync("done");
        var refused = window.Page.Locator("tbody tr").Filter(new() { HasText = "Too late." });
        await Expect(refused.Locator(".badge.bad")).ToHaveTextAsync("refused");
        await Expect(refused).ToContainTextAsync("unknown step");
        (await window.Page.EvaluateAsync<bool>("() => window.isTaken === true")).ShouldBeFalse();

        await window.Page.GetByLabel("What came of it").SelectOptionAsync("Refused");
        await window.Button("Search").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await refused.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(window.Heading).ToContainTextAsync(sagas.Prefix);
        await window.Link("What they did to it").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_lead_to_a_dead_letter_and_say_that_it_was_refused()
    {
        var letter = await ConsoleSystem.Running.Bury("payments", "{ audited");
        await ConsoleSystem.Running.Api.ActOn(letter, "discard");
        await ConsoleSystem.Running.Api.ActOn(letter, "redrive");
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/audit?subject={letter}");
        await Expect(window.Page.Locator("tbody tr").First.Locator(".badge")).ToHaveTextAsync("refused");
        await Expect(window.Page.Locator("tbody tr").Last.Locator(".badge")).ToHaveTextAsync("done");
        await window.Page.Locator("tbody tr").Last.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(window.Heading).ToContainTextAsync("discarded");
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_go_through_pages_and_begin_with_the_newest_again()
    {
        var who = "pager-" + Order.NewId();
        foreach (var number in Enumerable.Range(1, 51))
        {
            await ConsoleSystem.Running.Api.Operate(Guid.NewGuid(), "cancel", new { by = who, reason = $"Number {number}." });
        }

        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/audit?by={who}");
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await Expect(window.Page.Locator("tbody tr").First).ToContainTextAsync("Number 51.");
        await window.Link("Older").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator("tbody tr")).ToContainTextAsync("Number 1.");
        await window.Link("Newest").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
    }

    [Test]
    public async Task Should_show_the_last_ones_on_the_overview_by_itself()
    {
        var who = "seen-" + Order.NewId();
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console");
        await ConsoleSystem.Running.Api.Operate(Guid.NewGuid(), "cancel", new { by = who, reason = "Seen at once." });
        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "What operators did last" })).ToContainTextAsync(who);
        await window.Link("See all of it").ClickAsync();
        await Expect(window.Page.GetByText("Seen at once.")).ToBeVisibleAsync();
        window.Complaints.ShouldBeEmpty();
    }
}
