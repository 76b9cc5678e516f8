using System.Text.RegularExpressions;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.Tests.Typing;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>An answer names another server (307). Keys, codes and tokens do not go there.</summary>
public sealed partial class When_an_answer_sends_elsewhere
{
    private Elsewhere stranger = null!;
    private Elsewhere issuer = null!;
    private Elsewhere api = null!;
    private Terminal terminal = null!;

    [SetUp]
    public async Task Open()
    {
        stranger = await Elsewhere.Open();
        issuer = await Elsewhere.Issuer(http => Elsewhere.SendOn(http, stranger.Address));
        api = await Elsewhere.Open((_, http) => Elsewhere.SendOn(http, stranger.Address));
        terminal = new Terminal(api.Address);
    }

    [TearDown]
    public async Task Close()
    {
        terminal.Dispose();
        await api.DisposeAsync();
        await issuer.DisposeAsync();
        await stranger.DisposeAsync();
    }

    [Test]
    public async Task Should_keep_a_key()
    {
        terminal["SAGAS_API_KEY"] = "shop.secret";
        var said = await terminal.Type("summary");
        stranger.Got.ShouldBeEmpty();
        api.Got.ShouldContain(sent => sent.Key == "shop.secret");
        said.Exit.ShouldBe(ExitCode.Refused);
    }

    [Test]
    public async Task Should_keep_the_code_of_a_sign_in()
    {
        using var login = terminal.Start("login", "--no-browser", "--authority", issuer.Address.ToString());
        var address = await login.Complains("/authorize?");
        using var browser = new HttpClient();
        await browser.GetAsync(new Uri($"{Value(address, "redirect_uri")}?code=the-code&state={Value(address, "state")}"));
        var said = await login.End();
        stranger.Got.ShouldBeEmpty();
        issuer.Got.ShouldContain(sent => sent.Body.Contains("code=the-code", StringComparison.Ordinal));
        said.Exit.ShouldBe(ExitCode.Unreachable);
    }

    [TestCase(ExitCode.Unreachable, "summary")]
    [TestCase(ExitCode.Done, "logout")]
    public async Task Should_keep_a_refresh_token(int exit, string verb)
    {
        var folder = new SettingsFolder(Path.Combine(terminal.Home.FullName, "sagas"));
        var profile = new Profile { Server = api.Address.ToString(), Authority = issuer.Address.ToString() };
        folder.Change(list => list with { Profiles = new Dictionary<string, Profile> { [Target.UsualProfile] = profile } });
        folder.Write(Target.UsualProfile, new StoredTokens(profile.Server, "former", "the-token", DateTimeOffset.UnixEpoch));

        var said = await terminal.Type(verb);
        stranger.Got.ShouldBeEmpty();
        issuer.Got.ShouldContain(sent => sent.Body.Contains("token=the-token", StringComparison.Ordinal));
        said.Exit.ShouldBe(exit);
    }

    private static string Value(string address, string name) =>
        Uri.UnescapeDataString(Values().Matches(address).Single(value => value.Groups["name"].Value == name).Groups["value"].Value);

    [GeneratedRegex("[?&](?<name>[^=]*)=(?<value>[^&\\s]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Values();
}
