using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Plans;

public sealed class When_plans_are_read
{
    [Test]
    public async Task Should_tell_of_each_version_who_is_under_way_and_what_is_to_be_done()
    {
        var saga = await ConsoleSystem.Running.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await ConsoleSystem.Running.Api.WaitForStep(saga, "await_approval", "Signal");
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/plans");
        await Expect(Row(window, "stay", "version 1")).ToContainTextAsync("former");
        await Expect(Row(window, "stay", "version 1")).ToContainTextAsync("No saga is under way on it. Its class may be removed.");
        await Expect(Row(window, "stay", "version 2")).ToContainTextAsync("newest");
        await Eventually.True(async () => await UnderWay() > 0, "it counts");
        await Expect(Row(window, "business-order", "version 1").Locator("td.number")).Not.ToHaveTextAsync("0");
        await window.Link("version 1").First.ClickAsync();
        await Expect(window.Page.Locator(".lead")).ToContainTextAsync("under way on it");
        await window.Page.Locator(".answers a").Filter(new() { HasText = "Pending" }).ClickAsync();
        await Expect(window.Page.Locator($"a[href$='{saga}']")).ToBeVisibleAsync();
        await ConsoleSystem.Running.Api.Operate(saga, "cancel", new { by = "test", reason = "The test is over." });
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_show_one_as_picture_and_table_and_what_it_says_otherwise()
    {
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/plans/stay/2");
        await Expect(window.Heading).ToContainTextAsync("stay version 2");
        (
            await window.Page.EvaluateAsync<int>(
                "() => document.querySelector('img.picture').decode().then(() => document.querySelector('img.picture').naturalWidth)"
            )
        ).ShouldBeGreaterThan(100);
        var steps = window.Page.GetByRole(AriaRole.Region, new() { Name = "The steps as a table" });
        var row = steps.GetByRole(AriaRole.Row).Filter(new() { HasText = "confirm" });
        await Expect(row).ToContainTextAsync("at inventory");
        await Expect(row).ToContainTextAsync("1 min 30 s");
        await Expect(row).ToContainTextAsync("can be undone");
        var differences = window.Page.GetByRole(AriaRole.Region, new() { Name = "Differences" });
        await Expect(window.Page.GetByText("The structure is another")).ToBeVisibleAsync();
        await Expect(differences.Locator("tbody tr")).ToHaveCountAsync(2);
        await Expect(differences.Locator("tbody tr").Filter(new() { HasText = "timeout" })).ToContainTextAsync("yes");
        await Expect(differences.Locator("tbody tr").Filter(new() { HasText = "confirm" })).ToContainTextAsync("no: structure");
        window.Complaints.ShouldBeEmpty();
    }

    // The picture brings a style of its own: it may do nothing else.
    [Test]
    public async Task Should_draw_in_a_picture_that_can_do_nothing()
    {
        using var picture = await ConsoleSystem.Running.Api.GetAsync("/console/plans/stay/2/diagram.svg");
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        picture.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; style-src 'unsafe-inline'; sandbox"]);
        using var none = await ConsoleSystem.Running.Api.GetAsync("/console/plans/stay/7/diagram.svg");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Should_say_that_there_is_none()
    {
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/plans/stay/7");
        await Expect(window.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Look it up in the list of plans.");
    }

    private static ILocator Row(Window window, string type, string version) =>
        window
            .Page.GetByRole(AriaRole.Region, new() { Name = type, Exact = true })
            .GetByRole(AriaRole.Row)
            .Filter(new() { HasText = version });

    private static async Task<long> UnderWay() =>
        (await ConsoleSystem.Running.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans/business-order/1"))
            .GetProperty("underWay")
            .GetInt64();
}
