using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Issuer;
using SagaOrchestrator.Tests.Access;
using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.SignIn;

/// <summary>
/// The system with its console as <c>infra/run</c> starts it: an issuer, tokens for the API, and people who sign in. The issuer has
/// another name than the console, so to the browser it is another site.
/// </summary>
internal sealed class SignedInSystem : IAsyncDisposable
{
    private SignedInSystem(TestIssuer issuer, RunningSystem running) => (Issuer, Running) = (issuer, running);

    public TestIssuer Issuer { get; }

    public RunningSystem Running { get; }

    /// <param name="tokenLifetime">How long a token holds; one that is short is renewed with each request.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="add">Adds services to the orchestrator.</param>
    public static async Task<SignedInSystem> Start(
        TimeSpan? tokenLifetime = null,
        Action<Dictionary<string, string>>? configure = null,
        Action<IServiceCollection>? add = null
    )
    {
        var issuer = await TestIssuer.Start(tokenLifetime);
        var authority = new UriBuilder(issuer.Address) { Host = "localhost" }.Uri.ToString();
        var running = await RunningSystem.Start(
            settings =>
            {
                settings["Auth:Authority"] = authority;
                settings["Auth:Audience"] = IssuerApp.Audience;
                settings["Console:Authority"] = authority;
                settings["Console:ClientId"] = IssuerApp.Console;
                settings["OrderFulfillment:CompensationAttempts"] = "2";
                settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
                configure?.Invoke(settings);
            },
            add: add
        );
        // What a test does without a browser, it does with the rights of everything.
        running.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await issuer.Token("setup", "administer", "localhost")
        );
        return new SignedInSystem(issuer, running);
    }

    public async Task<ParkedSagas> Park(int sagas) => await ParkedSagas.Of(Running.Api, Running.Sandbox, sagas);

    /// <summary>A window of its own, in which somebody has signed in.</summary>
    public async Task<Window> SignIn(string user, string path = "/console")
    {
        var window = await ConsoleSystem.Open(Running.Api.BaseAddress!);
        await window.Page.GotoAsync(path);
        await FillIn(window, user);
        return window;
    }

    /// <summary>What somebody does on the issuer's page.</summary>
    public static async Task FillIn(Window window, string user, string? password = null)
    {
        await window.Page.GetByLabel("User").FillAsync(user);
        await window.Page.GetByLabel("Password").FillAsync(password ?? user + "-dev");
        await window.Button("Sign in").ClickAsync();
        if (password is null)
        {
            await window.Page.WaitForURLAsync(url =>
                url.StartsWith("http://127.0.0.1", StringComparison.Ordinal) && !url.Contains("/landing", StringComparison.Ordinal)
            );
            await window.IsAlive();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
