using System.Net;
using Microsoft.Playwright;
using SagaOrchestrator.Console.Tests.Browsing;
using SagaOrchestrator.Issuer;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.SignIn;

public sealed class When_people_sign_in
{
    private const string Cookie = "__Host-saga-console";

    private SignedInSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await SignedInSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_come_back_from_the_issuer_to_the_page_that_they_wanted()
    {
        await using var window = await system.SignIn("operator", "/console/sagas?state=Parked");
        window.Page.Url.ShouldEndWith("/console/sagas?state=Parked");
        await Expect(window.Page.GetByText("operator", new() { Exact = true })).ToBeVisibleAsync();
        window.Complaints.ShouldBeEmpty();
    }

    // Scripts find no token, and another site can neither read nor send the cookie.
    [Test]
    public async Task Should_have_a_cookie_that_is_theirs_alone_and_no_token_in_the_browser()
    {
        await using var window = await system.SignIn("operator");
        var cookie = (await window.Page.Context.CookiesAsync()).Single(one => one.Name == Cookie);
        (cookie.HttpOnly, cookie.Secure, cookie.SameSite, cookie.Path).ShouldBe((true, true, SameSiteAttribute.Strict, "/"));
        cookie.Value.Length.ShouldBeLessThan(1000, "it holds a number, and no tokens");
        var kept = await window.Page.EvaluateAsync<string>(
            "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.documentElement.outerHTML])"
        );
        kept.ShouldNotContain("eyJ", Case.Sensitive, "what begins so is a token");
    }

    [Test]
    public async Task Should_come_in_by_a_link_on_another_site_without_signing_in_again()
    {
        await using var window = await system.SignIn("operator");
        var console = system.Running.Api.BaseAddress!;
        await window.Page.GotoAsync(new UriBuilder(system.Issuer.Address) { Host = "localhost" }.Uri.ToString());
        await window.Page.EvaluateAsync("to => { location.href = to; }", new Uri(console, "/console/participants").ToString());
        await Expect(window.Heading).ToContainTextAsync("Participants");
        window.Page.Url.ShouldStartWith(console.ToString());
    }

    [Test]
    public async Task Should_not_get_in_with_a_wrong_password()
    {
        await using var window = await ConsoleSystem.Open(system.Running.Api.BaseAddress!);
        await window.Page.GotoAsync("/console");
        await SignedInSystem.FillIn(window, "operator", "guessed");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("another");
        (await window.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == Cookie);
    }

    [TestCase("/console/sagas/0b5a2c0e-3c57-4b1f-9c57-0d7b9c6f4a11/diagram.svg", "no-cors")]
    [TestCase("/_blazor/negotiate", "cors")]
    public async Task Should_not_reach_anything_before(string path, string mode)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            path.Contains("_blazor", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get,
            new Uri(system.Running.Api.BaseAddress!, path)
        );
        request.Headers.Add("Sec-Fetch-Mode", mode);
        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Should_be_led_to_the_issuer_by_head_as_by_get()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(system.Running.Api.BaseAddress!, "/console"));
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.Authority.ShouldBe(
            new UriBuilder(system.Issuer.Address) { Host = "localhost" }
                .Uri
                .Authority
        );
    }

    [Test]
    public async Task Should_sign_out_here_and_at_the_issuer()
    {
        await using var window = await system.SignIn("operator");
        await window.Button("Sign out").ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("You are signed out");
        (await window.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == Cookie);
        await window.Link("Sign in again").ClickAsync();
        await Expect(window.Page.GetByLabel("Password")).ToBeVisibleAsync();
        window.Complaints.ShouldBeEmpty();
    }

    // A form of another page could send it too, but for the token.
    [Test]
    public async Task Should_not_be_signed_out_by_a_page_that_is_not_the_consoles()
    {
        await using var window = await system.SignIn("operator");
        var answer = await window.Page.Context.APIRequest.PostAsync(
            new Uri(system.Running.Api.BaseAddress!, "/console/sign-out").ToString()
        );
        answer.Status.ShouldBe(400);
        await window.Go("/console");
        await Expect(window.Button("Sign out")).ToBeVisibleAsync();
    }

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/console")]
    [TestCase("/api/v1/sagas")]
    public async Task Should_be_led_to_no_other_page_than_the_consoles(string to)
    {
        await using var window = await ConsoleSystem.Open(system.Running.Api.BaseAddress!);
        await window.Page.GotoAsync("/console/sign-in?to=" + Uri.EscapeDataString(to));
        await SignedInSystem.FillIn(window, "operator");
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/console");
    }

    [TestCase("reader", true, false, false)]
    [TestCase("starter", true, true, false)]
    [TestCase("operator", true, false, true)]
    [TestCase("administrator", true, true, true)]
    public async Task Should_see_what_they_may_do_and_who_may_do_the_rest(string user, bool reads, bool starts, bool operates)
    {
        await using var window = await system.SignIn(user, "/console/permissions");
        await Expect(window.Page.GetByText($"The API knows you as {user}.")).ToBeVisibleAsync();
        foreach (var (role, may) in new[] { ("read", reads), ("start", starts), ("operate", operates) })
        {
            var row = window
                .Page.GetByRole(AriaRole.Row)
                .Filter(new() { Has = window.Page.GetByRole(AriaRole.Rowheader, new() { Name = role, Exact = true }) });
            await Expect(row).ToContainTextAsync(may ? "may" : "may not");
            (await row.GetByText("may not", new() { Exact = true }).CountAsync()).ShouldBe(may ? 0 : 1);
        }

        await Expect(window.Page.GetByText("Whoever gives roles at")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Should_read_nothing_without_a_role_and_be_told_which()
    {
        system.Issuer.Users.Set(new DevelopmentUser("nobody", "nobody-dev", []));
        await using var window = await system.SignIn("nobody");
        var alert = window.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { Visible = true });
        await Expect(alert).ToContainTextAsync("'nobody' lacks the role 'read'");
        await Expect(alert).ToContainTextAsync("Your permissions");
    }
}
