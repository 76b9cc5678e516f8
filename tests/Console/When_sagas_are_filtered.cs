using Microsoft.Playwright;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests;

public sealed class When_sagas_are_filtered
{
    [Test]
    public async Task Should_keep_the_filter_in_the_address_and_go_back_to_it()
    {
        var prefix = Order.NewId();
        await ConsoleSystem.Running.Api.Run(Order.Of(id: prefix + "-done"), "Completed");
        await ConsoleSystem.Running.Api.Run(Order.Of(id: prefix + "-refused", token: "tok_declined"), "Failed");
        await Listed(prefix, 2);
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/sagas");
        await window.Page.GetByLabel("Key begins with").FillAsync(prefix);
        await window.Page.GetByLabel("State").SelectOptionAsync("Failed");
        await window.Button("Search").ClickAsync();

        await Expect(window.Page.GetByText("1 saga", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(window.Link(prefix + "-refused")).ToBeVisibleAsync();
        await Expect(window.Link(prefix + "-done")).ToHaveCountAsync(0);
        new Uri(window.Page.Url).Query.ShouldBe($"?keyPrefix={prefix}&state=Failed");

        await window.Link(prefix + "-refused").ClickAsync();
        await Expect(window.Heading).ToContainTextAsync(prefix + "-refused");
        await window.Page.GoBackAsync();
        await Expect(window.Link(prefix + "-refused")).ToBeVisibleAsync();
        await Expect(window.Page.GetByLabel("Key begins with")).ToHaveValueAsync(prefix);
        await Expect(window.Page.GetByLabel("State")).ToHaveValueAsync("Failed");
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_show_what_the_api_says_of_a_wrong_filter()
    {
        await using var window = await ConsoleSystem.Open();
        await window.Go("/console/sagas?state=Sleeping");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("state:");
    }

    [Test]
    public async Task Should_go_through_pages_both_ways()
    {
        var prefix = Order.NewId();
        await Task.WhenAll(
            Enumerable.Range(0, 51).Select(index => ConsoleSystem.Running.Api.StartSaga(Order.Of(id: $"{prefix}-{index:00}", quantity: 1)))
        );
        await Listed(prefix, 51);
        await using var window = await ConsoleSystem.Open();
        await window.Go($"/console/sagas?keyPrefix={prefix}");
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        var first = await window.Page.Locator("tbody tr a").First.InnerTextAsync();
        await window.Link("Older").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await window.Link("Newer").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await Expect(window.Page.Locator("tbody tr a").First).ToHaveTextAsync(first);
    }

    private static Task Listed(string prefix, int number) =>
        Eventually.True(
            async () =>
                (await ConsoleSystem.Running.Api.GetStringAsync($"/api/v1/sagas?keyPrefix={prefix}&count=true&limit=1")).Contains(
                    $"\"count\":{number},",
                    StringComparison.Ordinal
                ),
            $"{number} sagas that begin with {prefix} are in the list"
        );
}
