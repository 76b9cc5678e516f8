using Microsoft.AspNetCore.Http;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.Tests.Typing;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>Several commands find that the access token has ended. The issuer takes a refresh token once.</summary>
public sealed class When_commands_renew_at_once
{
    [Test]
    public async Task Should_renew_once_and_all_go_on()
    {
        var renewals = 0;
        await using var api = await Elsewhere.Open();
        await using var issuer = await Elsewhere.Issuer(http =>
            Interlocked.Increment(ref renewals) == 1
                ? Elsewhere.Json(http, StatusCodes.Status200OK, """{"access_token": "new", "refresh_token": "next", "expires_in": 3600}""")
                : Elsewhere.Json(http, StatusCodes.Status400BadRequest, """{"error": "invalid_grant"}""")
        );
        using var terminal = new Terminal(api.Address);
        var folder = new SettingsFolder(Path.Combine(terminal.Home.FullName, "sagas"));
        var profile = new Profile { Server = api.Address.ToString(), Authority = issuer.Address.ToString() };
        folder.Change(list => list with { Profiles = new Dictionary<string, Profile> { [Target.UsualProfile] = profile } });
        folder.Write(Target.UsualProfile, new StoredTokens(profile.Server, "former", "once", DateTimeOffset.UnixEpoch));

        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => terminal.Type("summary")));
        all.ShouldAllBe(said => said.Exit == ExitCode.Done);
        renewals.ShouldBe(1);
        folder.Tokens(Target.UsualProfile)!.RefreshToken.ShouldBe("next");
    }
}
