using System.Text.Json;
using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SagaOrchestrator.Issuer;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.SignIn;

/// <summary>Marked values, by the role that may see them.</summary>
[Property("Rule", "S33")]
public sealed class When_marked_values_are_revealed
{
    private const string Guest = "Ada Lovelace";

    private SignedInSystem system = null!;
    private Guid visit;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await SignedInSystem.Start(add: services => services.AddSingleton<Plan>(new VisitPlan()));
        system.Issuer.Users.Set(new DevelopmentUser("officer", "officer-dev", ["read", "sensitive"]));
        visit = await system.Running.Api.StartSaga(
            new JsonObject
            {
                ["visitId"] = Order.NewId(),
                ["customerId"] = "c-1",
                ["guest"] = Guest,
            },
            "visit"
        );
        await system.Running.Api.WaitForStep(visit, "await_arrival", "Signal");
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_show_them_after_a_reason_and_for_this_view_only()
    {
        await using var window = await system.SignIn("officer", $"/console/sagas/{visit}");
        await window.Button("Reveal").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Who saw it and why is written down first.");
        await dialog.GetByLabel("Why").FillAsync("To call her back.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reveal" }).ClickAsync();
        var values = window.Page.GetByRole(AriaRole.Region, new() { Name = "Marked values" });
        await Expect(values.First).ToContainTextAsync(Guest);
        await Expect(values.First).ToContainTextAsync("start");
        (await window.Page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").ShouldBeEmpty();
        var log = await system.Running.Api.GetStringAsync($"/api/v1/operator-actions?subject={visit}&verb=reveal");
        var noted = JsonElement.Parse(log).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        noted.GetProperty("by").GetString().ShouldBe("officer");
        noted.GetProperty("reason").GetString().ShouldBe("To call her back.");

        await window.Button("Hide them").ClickAsync();
        await Expect(window.Page.GetByText(Guest)).ToHaveCountAsync(0);
        await window.Go($"/console/sagas/{visit}");
        await Expect(window.Button("Reveal")).ToBeVisibleAsync();
        (await window.Page.ContentAsync()).ShouldNotContain(Guest);
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_be_kept_from_whoever_lacks_the_role_in_words()
    {
        await using var window = await system.SignIn("operator", $"/console/sagas/{visit}");
        await Expect(window.Button("Reveal")).ToBeDisabledAsync();
        await Expect(window.Button("Reveal")).ToHaveAccessibleDescriptionAsync("operator lacks the role “sensitive”. Your permissions");
        (await window.Page.ContentAsync()).ShouldNotContain(Guest);
    }
}
