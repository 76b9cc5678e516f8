using Microsoft.Playwright;

namespace SagaOrchestrator.Console.Tests.Browsing;

/// <summary>A browser's window, with what the browser complained of in it.</summary>
internal sealed class Window : IAsyncDisposable
{
    private const int Height = 900;

    // The live part replaces every element that the server wrote first, and what was typed into those is lost.
    private const string MarkWhatIsWrittenFirst = """
        document.addEventListener('DOMContentLoaded', () => {
            if (document.documentElement.innerHTML.includes('<!--Blazor:')) {
                document.querySelector('h1')?.setAttribute('data-written-first', '');
            }
        });
        """;

    private const string IsReplaced =
        "() => !document.documentElement.innerHTML.includes('<!--Blazor:') && !document.querySelector('[data-written-first]')";

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Window(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            // Of a page that names no icon, such as the issuer's, the browser asks for one once.
            if (message.Type is "error" or "warning" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal))
            {
                complaints.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of scripts, of the content security policy, of what could not be loaded.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<Window> Open(IBrowser browser, Uri address, int width, ColorScheme scheme)
    {
        var own = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.ToString(),
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = Height },
            }
        );
        own.SetDefaultTimeout(120_000);
        await own.AddInitScriptAsync(MarkWhatIsWrittenFirst);
        return new Window(own, await own.NewPageAsync());
    }

    /// <summary>Opens a page, and waits until it is alive.</summary>
    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await IsAlive();
    }

    /// <summary>Waits until the page answers to clicks: the live part has taken the place of the one that was written first.</summary>
    public Task IsAlive() => Page.WaitForFunctionAsync(IsReplaced);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name });

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
