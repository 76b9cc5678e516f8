using Microsoft.AspNetCore.Http;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.SignIn;
using SagaOrchestrator.Cli.Tests.Typing;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>The issuer is overloaded or broken. It has refused nothing, and nobody has interrupted anything.</summary>
public sealed class When_an_issuer_cannot_answer
{
    private static readonly StoredTokens Tokens = new("http://api/", "former", "refresh", DateTimeOffset.UnixEpoch);

    [TestCase(StatusCodes.Status500InternalServerError, ExitCode.Unreachable)]
    [TestCase(StatusCodes.Status503ServiceUnavailable, ExitCode.Unreachable)]
    [TestCase(StatusCodes.Status429TooManyRequests, ExitCode.Unreachable)]
    [TestCase(StatusCodes.Status400BadRequest, ExitCode.Refused)]
    public async Task Should_tell_it_from_a_refusal(int status, int exit)
    {
        await using var issuer = await Elsewhere.Issuer(http => Elsewhere.Json(http, status, """{"error": "busy"}"""));
        using var http = Line.ToIssuer(Assert.Fail);
        var flow = new SignInFlow(http, issuer.Address, SignInFlow.UsualClientId, null);
        (await Should.ThrowAsync<FailureException>(() => flow.Renew(Tokens, default))).ExitCode.ShouldBe(exit);
    }

    [Test]
    public async Task Should_tell_no_answer_in_time_from_an_interruption()
    {
        await using var issuer = await Elsewhere.Issuer(Elsewhere.Hang);
        await using var mute = await Elsewhere.Open((_, http) => Elsewhere.Hang(http));
        using var http = Line.ToIssuer(Assert.Fail);
        http.Timeout = TimeSpan.FromSeconds(1);
        foreach (var address in new[] { issuer.Address, mute.Address })
        {
            var flow = new SignInFlow(http, address, SignInFlow.UsualClientId, null);
            (await Should.ThrowAsync<FailureException>(() => flow.Renew(Tokens, default))).ExitCode.ShouldBe(ExitCode.Unreachable);
            (await Should.ThrowAsync<FailureException>(() => flow.Revoke(Tokens, default))).ExitCode.ShouldBe(ExitCode.Unreachable);
        }
    }

    [Test]
    public async Task Should_still_forget_the_sign_in_here()
    {
        await using var issuer = await Elsewhere.Issuer(http => Elsewhere.Json(http, StatusCodes.Status503ServiceUnavailable, "{}"));
        using var terminal = new Terminal(new Uri(Tokens.Server));
        var folder = new SettingsFolder(Path.Combine(terminal.Home.FullName, "sagas"));
        var profile = new Profile { Server = Tokens.Server, Authority = issuer.Address.ToString() };
        folder.Change(list => list with { Profiles = new Dictionary<string, Profile> { [Target.UsualProfile] = profile } });
        folder.Write(Target.UsualProfile, Tokens);

        var said = await terminal.Type("logout");
        said.Exit.ShouldBe(ExitCode.Done);
        said.Error.ShouldContain("cannot answer now (503)");
        folder.Tokens(Target.UsualProfile).ShouldBeNull();
    }
}
