using System.Text.RegularExpressions;
using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Issuer;
using SagaOrchestrator.Tests.Access;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>The API knows its callers: people by their issuer, machines by a key.</summary>
public sealed partial class When_people_sign_in
{
    private GuardedSystem system = null!;
    private Terminal terminal = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await GuardedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [SetUp]
    public void Open() => terminal = new Terminal(system.Api.BaseAddress!);

    [TearDown]
    public void Close() => terminal.Dispose();

    [Test]
    public async Task Should_act_in_their_own_name_until_they_sign_out()
    {
        (await terminal.Type("summary")).Error.ShouldContain("sagas login");
        await SignIn("operator");
        (await terminal.Do("permissions")).ShouldContain("The API knows you as operator.");
        await terminal.Do("breaker", "open", "--type", "business-order", "--reason", "Nobody is there.");
        (await terminal.Do("types")).ShouldContain("operator: Nobody is there.");
        await terminal.Do("breaker", "automatic", "--type", "business-order", "--reason", "Everybody is back.");
        (await terminal.Do("audit", "--by", "operator", "--kind", "saga-type")).ShouldContain("Everybody is back.");

        await terminal.Do("logout");
        (await terminal.Type("summary")).Exit.ShouldBe(1);
    }

    [Test]
    public async Task Should_find_their_tokens_where_nobody_else_reads_them_and_sent_nowhere_else()
    {
        await SignIn("reader");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(Path.Combine(terminal.Home.FullName, "sagas")))
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }

        await terminal.Do("summary");
        var elsewhere = new UriBuilder(system.Api.BaseAddress!) { Host = "localhost" }.Uri.ToString();
        var said = await terminal.Type("summary", "--server", elsewhere);
        said.Exit.ShouldBe(1);
        said.Error.ShouldContain("(401 unauthenticated)");
    }

    [Test]
    public async Task Should_stay_signed_in_until_their_issuer_renews_no_more()
    {
        var anna = new DevelopmentUser("anna", "anna-dev", ["read"]);
        system.Issuer.Users.Set(anna);
        await SignIn(anna.Name);
        await Expire();
        await terminal.Do("summary");

        system.Issuer.Users.Remove(anna.Name);
        await Expire();
        var said = await terminal.Type("summary");
        said.Exit.ShouldBe(1);
        said.Error.ShouldBe("Your session has ended.\nRun 'sagas login' again.\n");
    }

    [Test]
    public async Task Should_be_told_which_role_a_key_lacks()
    {
        terminal["SAGAS_API_KEY"] = "shop." + GuardedSystem.Secret;
        await terminal.Do("summary");
        var said = await terminal.Type("breaker", "open", "--type", "business-order", "--reason", "Look.");
        said.Exit.ShouldBe(1);
        said.Error.ShouldContain("'shop' lacks the role 'operate'");
        said.Error.ShouldContain("sagas permissions");
    }

    [TestCase("SAGAS_API_KEY", "shop.guessed")]
    [TestCase("SAGAS_TOKEN", "guessed")]
    public async Task Should_not_get_in_with_something_made_up(string variable, string value)
    {
        terminal[variable] = value;
        var said = await terminal.Type("summary");
        said.Exit.ShouldBe(1);
        said.Error.ShouldContain("(401 unauthenticated)");
        said.Error.ShouldNotContain("guessed");
    }

    [Test]
    public async Task Should_not_be_signed_in_by_a_page_that_guesses()
    {
        using var login = terminal.Start("login", "--no-browser", "--authority", system.Issuer.Address.ToString());
        var back = Back(await login.Complains("/connect/authorize"));
        using var browser = new HttpClient();
        (await browser.GetAsync(new Uri(back + "?code=stolen&state=guessed"))).IsSuccessStatusCode.ShouldBeFalse();
        (await browser.GetAsync(new Uri(new Uri(back), "/"))).IsSuccessStatusCode.ShouldBeFalse();
        Directory.Exists(Path.Combine(terminal.Home.FullName, "sagas")).ShouldBeFalse();
    }

    // What somebody does in his browser.
    private async Task SignIn(string user)
    {
        using var login = terminal.Start("login", "--no-browser", "--authority", system.Issuer.Address.ToString());
        var address = new Uri((await login.Complains("/connect/authorize")).Trim());
        using var browser = new HttpClient();
        var page = await browser.GetStringAsync(address);
        var fields = Hidden()
            .Matches(page)
            .ToDictionary(
                field => field.Groups["name"].Value,
                field => System.Net.WebUtility.HtmlDecode(field.Groups["value"].Value),
                StringComparer.Ordinal
            );
        fields["username"] = user;
        fields["password"] = user + "-dev";
        using var form = new FormUrlEncodedContent(fields);
        (await (await browser.PostAsync(address, form)).Content.ReadAsStringAsync()).ShouldStartWith("You are signed in.");
        var said = await login.End();
        said.Exit.ShouldBe(0, said.Error);
    }

    private async Task Expire()
    {
        var file = Path.Combine(terminal.Home.FullName, "sagas", "tokens.json");
        var tokens = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, ExpiresAt().Replace(tokens, "\"expiresAt\": \"2020-01-01T00:00:00+00:00\""));
    }

    private static string Back(string address) => Uri.UnescapeDataString(Redirect().Match(address).Groups["uri"].Value);

    [GeneratedRegex("redirect_uri=(?<uri>[^&]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Redirect();

    [GeneratedRegex("\"expiresAt\": \"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExpiresAt();

    [GeneratedRegex("type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
