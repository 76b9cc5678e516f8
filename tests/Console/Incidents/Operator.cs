using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Tests.Incidents;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

/// <summary>
/// Somebody who has the console and nothing else. What he clicks and types is counted, and his way is compared with docs/operating.md.
/// </summary>
internal sealed class Operator : IAsyncDisposable
{
    /// <summary>What comes by itself is waited for so long, in milliseconds: longer says that something hangs.</summary>
    public const float Bound = 240_000;

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SAGA_TEST_SCREENSHOTS");

    private readonly Incident incident;
    private readonly long since = Stopwatch.GetTimestamp();
    private readonly List<string> way = ["Overview"];
    private int clicks;
    private int keys;

    private Operator(Incident incident, Window window) => (this.incident, Window) = (incident, window);

    public Window Window { get; private set; }

    public IPage Page => Window.Page;

    /// <summary>What the page says first.</summary>
    public ILocator Lead => Page.Locator(".lead").First;

    /// <summary>Begins on the overview.</summary>
    public static async Task<Operator> Begin(string incident, Uri console)
    {
        var window = await ConsoleSystem.Open(console);
        await window.Go("/console");
        return new Operator(Incident.Of(incident), window);
    }

    /// <summary>Closes the window, before its console goes away.</summary>
    public async Task Leave()
    {
        Window.Complaints.ShouldBeEmpty();
        await Window.DisposeAsync();
    }

    /// <summary>Goes on at a console that was started anew.</summary>
    public async Task Return(Uri console)
    {
        Window = await ConsoleSystem.Open(console);
        await Window.Go("/console");
    }

    /// <summary>Follows a link to another page.</summary>
    public async Task Follow(string link, ILocator? within = null)
    {
        var before = Page.Url;
        var found = within?.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }) ?? Window.Link(link);
        await Click(found.First, link);
        await Page.WaitForURLAsync(url => url != before);
        await Window.IsAlive();
    }

    /// <summary>Presses a button.</summary>
    public Task Press(string button, ILocator? within = null) =>
        Click((within?.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }) ?? Window.Button(button)).First, button);

    /// <summary>Says who he is, when he is asked, and why; and agrees.</summary>
    public async Task Agree(string reason)
    {
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Note(dialog, reason);
        await dialog.Locator("button[type=submit]").ClickAsync();
        clicks++;
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>Begins a bulk job, of which the page has shown what it would do, and waits until all of it is done.</summary>
    public async Task BeginTheJob(string reason, int items)
    {
        await Expect(Lead).ToContainTextAsync("Look first");
        await Expect(Page.GetByLabel("What it would do")).ToContainTextAsync($"{items} of {items} ");
        await Note(Page.Locator("form.form"), reason);
        var before = Page.Url;
        await Press("Begin the job");
        await Page.WaitForURLAsync(url => url != before);
        await Window.IsAlive();
        await Expect(Window.Heading).ToContainTextAsync("Finished", new() { Timeout = Bound });
    }

    /// <summary>Types a key into the search box.</summary>
    public async Task Find(string key)
    {
        var before = Page.Url;
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync(key);
        await Page.Keyboard.PressAsync("Enter");
        keys += key.Length + 2;
        way.Add("/" + key);
        await Page.WaitForURLAsync(url => url != before && !url.Contains("find=", StringComparison.Ordinal));
        await Window.IsAlive();
    }

    /// <summary>Keeps a picture of the page on which he has decided.</summary>
    public async Task Picture()
    {
        if (Pictures is not null)
        {
            var name = string.Concat(incident.Title.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"incident-{name.Trim('-')}.png"), FullPage = true });
        }
    }

    /// <summary>It is cured: he has gone the way that docs/operating.md shows, and no page has complained.</summary>
    public void IsThrough()
    {
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        TestContext.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{incident.Title}: {clicks} clicks, {keys} keys, {seconds:0.0} s, {Way}")
        );
        Way.ShouldBe(incident.Console);
        Window.Complaints.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => Window.DisposeAsync();

    private string Way => string.Join(" > ", way);

    private async Task Click(ILocator what, string name)
    {
        await what.ClickAsync();
        clicks++;
        way.Add(name);
    }

    private async Task Note(ILocator form, string reason)
    {
        const string Name = "ann";
        var by = form.GetByLabel("Your name", new() { Exact = true });
        await Expect(form.GetByLabel("Why", new() { Exact = true })).ToBeVisibleAsync();
        if (await by.CountAsync() > 0 && (await by.InputValueAsync()).Length == 0)
        {
            await by.FillAsync(Name);
            keys += Name.Length;
        }

        await form.GetByLabel("Why", new() { Exact = true }).FillAsync(reason);
        keys += reason.Length;
    }
}
