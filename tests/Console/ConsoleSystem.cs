using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Console.Tests.Plans;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Console.Tests;

/// <summary>One running system with its console, and one browser, for all tests: each uses order ids and windows of its own.</summary>
[SetUpFixture]
public sealed class ConsoleSystem
{
    private static RunningSystem? system;
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    internal static RunningSystem Running => system ?? throw new InvalidOperationException("The set-up has not run.");

    [OneTimeSetUp]
    public static async Task Start()
    {
        system = await RunningSystem.Start(
            settings =>
            {
                settings["OrderFulfillment:StepTimeout"] = "00:00:02";
                settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
                settings["OrderFulfillment:CompensationAttempts"] = "2";
                settings["Payments:GatewayPatience"] = "00:00:00.200";
            },
            add: services => services.AddSingleton<Plan>(new StayPlan(version: 1)).AddSingleton<Plan>(new StayPlan(version: 2))
        );
        Assertions.SetDefaultExpectTimeout(120_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Environment.GetEnvironmentVariable("SAGA_TEST_CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            }
        );
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    /// <summary>A window of its own on the console of the running system, or on another one.</summary>
    internal static Task<Window> Open(Uri? console = null, int width = 1400, ColorScheme scheme = ColorScheme.Light) =>
        Window.Open(browser!, console ?? Running.Api.BaseAddress!, width, scheme);
}
