using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Timers;

public sealed class When_timers_are_read
{
    private const string OfBusiness = "/console/timers?type=business-order";

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start(settings => settings["OrderFulfillment:StepTimeout"] = "00:00:02");

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_tell_when_they_are_due_and_what_they_do()
    {
        var order = Order.Business(unitPrice: 600);
        order["orderId"] = $"طلب-🚀-<b>-{Order.NewId()}";
        var saga = await system.Api.StartSaga(order, "business-order");
        var due = (await system.Api.WaitForStep(saga, "await_approval", "Signal")).Step("await_approval").GetProperty("dueAt");
        await Until("?type=business-order", timers => timers.GetProperty("items").GetArrayLength() == 1);
        await using var window = await ConsoleSystem.Open(system.Api.BaseAddress);
        await window.Go("/console/timers");
        await window.Page.GetByLabel("Saga type").SelectOptionAsync("business-order");
        await window.Button("Show").ClickAsync();
        await Expect(window.Page.GetByText("No timer is late. The next is due in")).ToBeVisibleAsync();
        var row = Row(window, (string)order["orderId"]!);
        await Expect(row).ToContainTextAsync("if the signal does not come");
        await Expect(row).Not.ToContainTextAsync("late");
        var at = due.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", null);
        await Expect(row.Locator("time")).ToHaveAttributeAsync("title", at);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(window.Heading).ToContainTextAsync((string)order["orderId"]!);

        await system.Api.Operate(saga, "cancel", new { by = "test", reason = "The test is over." });
        await Until("?type=business-order", timers => timers.GetProperty("items").GetArrayLength() == 0);
        await window.Go(OfBusiness);
        await Expect(window.Page.GetByText("No timer is armed.").First).ToBeVisibleAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_mark_late_ones_in_words_and_count_the_same_as_the_api()
    {
        await system.StopParticipant("notifications");
        var order = Order.Of();
        var saga = await system.Api.StartSaga(order);
        await system.Api.WaitForStep(saga, "send_confirmation", "Reply");
        await using var window = await ConsoleSystem.Open(system.Api.BaseAddress);
        await window.Go("/console/timers");
        await Expect(Row(window, (string)order["orderId"]!)).ToBeVisibleAsync();
        await LeaveTo(saga, planVersion: 7);
        var told = await Until(string.Empty, timers => timers.GetProperty("late").GetInt32() == 1);

        // The page reads on by itself.
        await Expect(window.Page.Locator(".lead")).ToContainTextAsync("1 timer is late. The oldest was due");
        await Expect(window.Page.GetByText("It is us")).ToBeVisibleAsync();
        await Expect(Row(window, (string)order["orderId"]!).GetByText("late", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Row(window, (string)order["orderId"]!)).ToContainTextAsync("does not have plan 'order-fulfillment' version 7");
        await window.Page.GetByText("The same as a table").ClickAsync();
        var table = window.Page.GetByRole(AriaRole.Region, new() { Name = "Timers by hour" });
        await Expect(table.Locator("tbody tr")).ToHaveCountAsync(told.GetProperty("hours").GetArrayLength());
        await LeaveTo(saga, planVersion: 1);
        await system.StartParticipant("notifications");
        await system.Api.WaitFor(saga, "Completed");
        await Expect(window.Page.Locator(".lead")).Not.ToContainTextAsync("late. The oldest");
        window.Complaints.ShouldBeEmpty();
    }

    private static ILocator Row(Window window, string key) => window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = key });

    private Task<JsonElement> Until(string query, Func<JsonElement, bool> enough) =>
        Eventually.Get(() => system.Api.GetFromJsonAsync<JsonElement>("/api/v1/timers" + query), enough, "the timers are so");

    // As a saga of a newer build is left after a deploy that was taken back.
    private Task LeaveTo(Guid saga, int planVersion) =>
        system.Sandbox.Execute($"update orchestrator.saga set plan_version = {planVersion}, version = version + 1 where id = '{saga}'");
}
