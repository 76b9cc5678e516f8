using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Tests.Typing;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>A key or a token goes over http to another machine. For one stands here an address at which nobody answers.</summary>
public sealed class When_a_secret_goes_in_plain_text
{
    private const string Away = "http://0.0.0.0:1";
    private const string Warning = "Warning: keys and tokens go to 0.0.0.0:1 in plain text. Use https.";

    private Elsewhere api = null!;
    private Terminal terminal = null!;

    [SetUp]
    public async Task Open()
    {
        api = await Elsewhere.Open();
        terminal = new Terminal(api.Address);
        terminal["SAGAS_API_KEY"] = "shop.secret";
    }

    [TearDown]
    public async Task Close()
    {
        terminal.Dispose();
        await api.DisposeAsync();
    }

    [Test]
    public async Task Should_be_told_and_go_on()
    {
        var said = await terminal.Type("summary", "--server", Away);
        said.Error.ShouldStartWith(Warning + "\n");
        said.Exit.ShouldBe(ExitCode.Unreachable);
    }

    [Test]
    public async Task Should_be_told_of_an_issuer() =>
        (await terminal.Type("login", "--no-browser", "--authority", Away)).Error.ShouldStartWith(Warning + "\n");

    [Test]
    public async Task Should_be_told_once()
    {
        var warnings = new List<string>();
        using var http = Line.ToIssuer(warnings.Add);
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri(Away)));
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri(Away)));
        warnings.ShouldBe([Warning]);
    }

    [Test]
    public async Task Should_not_be_told_of_this_machine()
    {
        (await terminal.Type("summary")).Error.ShouldBeEmpty();
        api.Got.ShouldHaveSingleItem().Key.ShouldBe("shop.secret");
    }

    [Test]
    public async Task Should_not_be_told_where_there_is_no_secret()
    {
        terminal["SAGAS_API_KEY"] = null;
        (await terminal.Type("summary", "--server", Away)).Error.ShouldNotContain("Warning");
    }
}
