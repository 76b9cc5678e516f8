using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Console.Tests.DeadLetters;
using SagaOrchestrator.Issuer;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.SignIn;

/// <summary>The API decides; the console shows beforehand what it would say.</summary>
public sealed class When_somebody_acts_in_his_own_name
{
    private SignedInSystem system = null!;

    // So short that each request renews it: what the issuer changes, counts from the next one.
    [OneTimeSetUp]
    public async Task Start() => system = await SignedInSystem.Start(TimeSpan.FromSeconds(50));

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_not_be_asked_for_a_name_and_be_named_in_the_history()
    {
        var sagas = await system.Park(1);
        await using var window = await system.SignIn("operator", $"/console/sagas/{sagas.Ids[0]}");
        await sagas.Mend();
        await window.Button("Retry: process_payment").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("Your name, operator,")).ToBeVisibleAsync();
        (await dialog.GetByLabel("Your name", new() { Exact = true }).CountAsync()).ShouldBe(0);
        await Confirm(dialog);
        await Expect(window.Page.Locator(".timeline")).ToContainTextAsync("operator operator");
        await Expect(window.Heading).ToContainTextAsync("Failed");
    }

    [TestCase("reader")]
    [TestCase("starter")]
    public async Task Should_read_at_a_button_why_he_cannot_press_it(string user)
    {
        var sagas = await system.Park(1);
        await using var window = await system.SignIn(user, $"/console/sagas/{sagas.Ids[0]}");
        var button = window.Button("Retry: process_payment");
        await Expect(button).ToBeDisabledAsync();
        await Expect(button).ToHaveAccessibleDescriptionAsync($"{user} lacks the role “operate”. Your permissions");
        await window.Go("/console/participants");
        await Expect(window.Button("Stop sending to it").First).ToBeDisabledAsync();
        await window.Go("/console/bulk-jobs/new?verb=retry&state=Parked");
        await Expect(window.Button("Look first")).ToBeDisabledAsync();
        foreach (var (path, link) in new[] { ("parked", "Retry all…"), ("sagas?state=Parked", "Act on all of these") })
        {
            await window.Go("/console/" + path);
            await Expect(window.Button(link).First).ToBeDisabledAsync();
            await Expect(window.Button(link).First).ToHaveAccessibleDescriptionAsync($"{user} lacks the role “operate”. Your permissions");
        }

        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_read_a_dead_letter_and_why_he_cannot_act_on_it()
    {
        var letter = await system.Running.Bury("shipping", "{ read only");
        await using var window = await system.SignIn("reader", $"/console/dead-letters/{letter}");
        await Expect(window.Page.Locator("pre.body")).ToHaveTextAsync("{ read only");
        foreach (var verb in new[] { "Redrive", "Edit a copy and redrive", "Discard" })
        {
            var button = window.Page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true });
            await Expect(button).ToBeDisabledAsync();
            await Expect(button).ToHaveAccessibleDescriptionAsync("reader lacks the role “operate”. Your permissions");
        }

        await window.Go("/console/dead-letters");
        await Expect(window.Button("Redrive all…").First).ToBeDisabledAsync();
        await Expect(window.Button("Discard all…").First).ToBeDisabledAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_hear_in_a_sentence_that_he_may_not_any_more()
    {
        var sagas = await system.Park(1);
        var anna = new DevelopmentUser("anna", "anna-dev", ["operate"]);
        system.Issuer.Users.Set(anna);
        await using var window = await system.SignIn(anna.Name, $"/console/sagas/{sagas.Ids[0]}");
        await window.Button("Retry: process_payment").ClickAsync();
        system.Issuer.Users.Set(anna with { Roles = ["read"] });
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Confirm(dialog);
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("'anna' lacks the role 'operate'");
        await Expect(window.Heading).ToContainTextAsync("Parked");
    }

    [Test]
    public async Task Should_hear_that_his_session_is_over_and_come_back_to_the_page()
    {
        var sagas = await system.Park(1);
        var bert = new DevelopmentUser("bert", "bert-dev", ["operate"]);
        system.Issuer.Users.Set(bert);
        var path = $"/console/sagas/{sagas.Ids[0]}";
        await using var window = await system.SignIn(bert.Name, path);
        system.Issuer.Users.Remove(bert.Name);
        var alert = window.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { Visible = true });
        await Expect(alert).ToContainTextAsync("Your session has ended. Sign in again; you come back to this page.");
        await Expect(alert).ToContainTextAsync("What you see below is from");
        system.Issuer.Users.Set(bert);
        await alert.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await SignedInSystem.FillIn(window, bert.Name);
        new Uri(window.Page.Url).AbsolutePath.ShouldBe(path);
        await Expect(window.Button("Retry: process_payment")).ToBeEnabledAsync();
    }

    private static async Task Confirm(ILocator dialog)
    {
        await dialog.GetByLabel("Why").FillAsync("The gateway is back.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry" }).ClickAsync();
    }
}
