using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Support;

/// <summary>Where is it, when does it end, what was charged: by the key alone, from any page, in sentences.</summary>
[Property("Rule", "S33")]
public sealed class When_support_is_asked_for_an_order
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SAGA_TEST_SCREENSHOTS");

    [Test]
    public async Task Should_say_of_one_that_runs_what_it_waits_for_and_when_it_ends()
    {
        var order = Order.Business(unitPrice: 600);
        var id = await ConsoleSystem.Running.Api.StartSaga(order, "business-order");
        await ConsoleSystem.Running.Api.WaitForStep(id, "await_approval", "Signal");
        await using var window = await Find("/console/timers", (string)order["orderId"]!);
        await Says(
            window,
            "It is under way, with 2 of 5 steps done. Now: await approval. It waits for word from outside (approval)",
            " UTC",
            "It is about total 1,200.00 USD. Done, and stands: reserve inventory and create shipment."
        );
        await Expect(Answer(window, 1)).ToContainTextAsync("in ");
        await Picture(window, "running");
        await ConsoleSystem.Running.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." });
        await Expect(Answer(window, 0)).ToHaveTextAsync("It was not carried out. test cancelled it. “The test is over.”");
    }

    [Test]
    public async Task Should_say_of_one_that_is_completed_what_stands()
    {
        var order = Order.Of();
        await ConsoleSystem.Running.Api.Run(order, "Completed");
        await using var window = await Find("/console/plans", (string)order["orderId"]!);
        await Says(
            window,
            "It is finished. Everything that it asked for was done.",
            "It ended ",
            "It is about total 20.00 USD. Done, and stands: reserve inventory, process payment, create shipment and send confirmation."
        );
        await Picture(window, "completed");
    }

    [Test]
    public async Task Should_say_of_one_that_is_compensated_why_and_that_nothing_is_charged()
    {
        var order = Order.Of(street: null);
        await ConsoleSystem.Running.Api.Run(order, "Failed");
        await using var window = await Find("/console", (string)order["orderId"]!);
        await Says(
            window,
            "It was not carried out. Create shipment was not possible (",
            "It ended ",
            "Done, and undone again: reserve inventory and process payment. Nothing stands, so nothing of total 20.00 USD is charged."
        );
        await Picture(window, "compensated");
    }

    [Test]
    public async Task Should_say_of_one_that_is_parked_that_a_person_is_waited_for_and_what_is_not_undone()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 1);
        await using var window = await Find("/console/audit", sagas.Prefix + 1);
        await Says(
            window,
            "It is stuck and waits for a person, while undoing: process payment. The gateway refuses to refund this card",
            "Nobody can say when it ends: it waits for an operator.",
            "It is about total 1.00 USD. Done, and not undone yet: reserve inventory and process payment."
        );
        await Picture(window, "parked");
        await sagas.Mend();
        await ConsoleSystem.Running.Api.Operate(
            sagas.Ids[0],
            "retry",
            new
            {
                step = "process_payment",
                by = "test",
                reason = "It is mended.",
            }
        );
        await Expect(Answer(window, 2)).ToContainTextAsync("Nothing stands, so nothing of total 1.00 USD is charged.");
    }

    [Test]
    public async Task Should_find_a_list_where_several_begin_so()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 2);
        await using var window = await Find("/console", sagas.Prefix);
        await Expect(window.Link(sagas.Prefix + 1)).ToBeVisibleAsync();
        await Expect(window.Link(sagas.Prefix + 2)).ToBeVisibleAsync();
    }

    // A whole key finds its saga at once; only lists are a second behind.
    private static async Task<Window> Find(string page, string key)
    {
        var window = await ConsoleSystem.Open();
        await window.Go(page);
        await window.Page.Keyboard.PressAsync("/");
        await window.Page.Keyboard.TypeAsync(key);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Heading).ToContainTextAsync(key.EndsWith('-') ? "Sagas" : key);
        return window;
    }

    private static async Task Says(Window window, params string[] answers)
    {
        for (var number = 0; number < answers.Length; number++)
        {
            await Expect(Answer(window, number)).ToContainTextAsync(answers[number]);
        }

        window.Complaints.ShouldBeEmpty();
    }

    private static ILocator Answer(Window window, int number) =>
        window.Page.GetByRole(AriaRole.Region, new() { Name = "In short" }).Locator("dd").Nth(number);

    private static async Task Picture(Window window, string name)
    {
        if (Pictures is not null)
        {
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"support-{name}.png"), FullPage = true });
        }
    }
}
