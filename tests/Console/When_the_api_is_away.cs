using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests;

/// <summary>The console as a program of its own, that has nothing but the API's address.</summary>
public sealed class When_the_api_is_away
{
    private CutLine line = null!;
    private WebApplication console = null!;
    private Uri address = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        line = CutLine.To(ConsoleSystem.Running.Api.BaseAddress!.Port);
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", $"--Console:Api=http://127.0.0.1:{line.Port}"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSagaConsole(builder.Configuration);
        console = builder.Build();
        console.MapSagaConsole();
        await console.StartAsync();
        address = new Uri(console.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await console.DisposeAsync();
        await line.DisposeAsync();
    }

    [SetUp]
    public void Mend() => line.Mend();

    [Test]
    public async Task Should_say_so_in_a_line_while_a_page_is_open_and_go_on_when_it_is_back()
    {
        await using var window = await ConsoleSystem.Open(address);
        await window.Go("/console");
        await Expect(window.Page.GetByText("Every participant is there.")).ToBeVisibleAsync();
        line.Refuse();
        var alert = window.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { Visible = true });
        await Expect(alert).ToContainTextAsync("does not answer");
        await Expect(alert).ToContainTextAsync("What you see below is from");
        await Expect(window.Page.GetByText("Every participant is there.")).ToBeVisibleAsync();
        line.Mend();
        await Expect(alert).ToHaveCountAsync(0);
    }

    [TestCaseSource(typeof(Pages), nameof(Pages.WithoutAnId))]
    public async Task Should_say_so_on_every_page(string path)
    {
        line.Refuse();
        await using var window = await ConsoleSystem.Open(address);
        await window.Page.GotoAsync(path);
        var alert = window.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { Visible = true });
        await Expect(alert).ToContainTextAsync($"The API at http://127.0.0.1:{line.Port}/ does not answer.");
        await Expect(alert).ToContainTextAsync("Sagas go on without the console.");
    }
}
