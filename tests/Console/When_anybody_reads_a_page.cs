using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Console.Tests.DeadLetters;
using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests;

/// <summary>On a telephone and on a desk, in light and in dark, by eye, by ear and by keyboard.</summary>
public sealed class When_anybody_reads_a_page
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SAGA_TEST_SCREENSHOTS");

    private Guid saga;
    private Guid job;
    private Guid letter;

    [OneTimeSetUp]
    public async Task Park()
    {
        var sagas = await ParkedSagas.Of(ConsoleSystem.Running.Api, ConsoleSystem.Running.Sandbox, 2);
        saga = sagas.Ids[0];
        var answer = await ConsoleSystem.Running.Api.PostAsJsonAsync(
            "/api/v1/bulk-jobs",
            new
            {
                verb = "retry",
                filter = new { keyPrefix = sagas.Prefix },
                by = "alice",
                reason = "Look whether it is mended.",
            }
        );
        job = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var order = await ConsoleSystem.Running.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await ConsoleSystem.Running.Api.WaitForStep(order, "await_approval", "Signal");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ConsoleSystem.Running.Api.Run(Order.Of(), "Completed")));
        await Task.WhenAll(
            ConsoleSystem.Running.Api.Run(Order.Of(token: "tok_declined"), "Failed"),
            ConsoleSystem.Running.Api.Run(Order.Of(street: null), "Failed")
        );
        letter = await ConsoleSystem.Running.Bury("inventory", "{ \"orderId\": \"10248\", quantity: 3 }");
    }

    [TestCase(390)]
    [TestCase(1400)]
    public async Task Should_find_nothing_in_the_way(int width)
    {
        var found = new List<string>();
        await using var window = await ConsoleSystem.Open(width: width);
        foreach (var path in Pages.All(saga, job, letter))
        {
            await window.Page.GotoAsync(path);
            await window.IsAlive();
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                found.AddRange((await Findings(window)).Select(finding => $"{path}, {scheme}: {finding}"));
                await Picture(window, path, width, scheme);
            }
        }

        found.ShouldBeEmpty();
        window.Complaints.Where(complaint => !complaint.Contains("404 (Not Found)", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_find_a_dialog_that_holds_the_keyboard_and_has_nothing_in_the_way()
    {
        await using var window = await ConsoleSystem.Open(width: 390, scheme: ColorScheme.Dark);
        await window.Go($"/console/sagas/{saga}");
        await window.Button("Retry: process_payment").ClickAsync();
        await Expect(window.Page.GetByLabel("Your name")).ToBeFocusedAsync();
        (await Findings(window)).ShouldBeEmpty();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_told_what_a_browser_may_do_and_get_no_cookie_that_others_can_send()
    {
        using var answer = await ConsoleSystem.Running.Api.GetAsync("/console");
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("style-src 'self'");
        policy.ShouldNotContain("unsafe");
        foreach (var cookie in answer.Headers.GetValues("Set-Cookie"))
        {
            cookie.ShouldContain("samesite=strict");
            cookie.ShouldContain("httponly");
        }
    }

    [TestCaseSource(typeof(Pages), nameof(Pages.WithoutAnId))]
    [TestCase("/console/assets/console.css")]
    public async Task Should_be_told_the_same_by_head(string path)
    {
        using var stranger = new HttpClient { BaseAddress = ConsoleSystem.Running.Api.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await stranger.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    private async Task Picture(Window window, string path, int width, ColorScheme scheme)
    {
        if (Pictures is not null)
        {
            var name = path.Trim('/')
                .Replace("/", "-")
                .Replace("?", "-")
                .Replace(saga.ToString(), "saga")
                .Replace(job.ToString(), "job")
                .Replace(letter.ToString(), "letter");
            // The place of a scroll bar that a picture does not show.
            await window.Page.EvaluateAsync("() => { document.documentElement.style.scrollbarGutter = 'auto'; }");
            await window.Page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}-{width}-{scheme}.png"), FullPage = true }
            );
        }
    }

    // What axe calls serious, and what is wider than the window.
    private static async Task<IReadOnlyList<string>> Findings(Window window)
    {
        var width = await window.Page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        var result = await window.Page.RunAxe();
        return
        [
            .. result
                .Violations.Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} ({violation.Impact}): {node.Html}")),
            .. width > 0 ? [$"{width} pixels wider than the window"] : Array.Empty<string>(),
        ];
    }
}
