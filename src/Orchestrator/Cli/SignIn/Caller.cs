using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;

namespace SagaOrchestrator.Cli.SignIn;

/// <summary>Who calls: the environment says so, or else the profile, or its sign-in.</summary>
internal static class Caller
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public static async Task<Credentials> Of(Target target, SettingsFolder folder, Action<string> warn, CancellationToken cancellationToken)
    {
        if (Target.OfEnvironment() is { } given)
        {
            return given;
        }

        if (folder.Tokens(target.ProfileName) is { } tokens && tokens.Server == target.Server.ToString())
        {
            return new Credentials.Token((await Fresh(tokens, target, folder, warn, cancellationToken)).AccessToken);
        }

        return target is { IsOfProfile: true, Profile.ApiKey: { } key } ? new Credentials.Key(key) : new Credentials.None();
    }

    private static async Task<StoredTokens> Fresh(
        StoredTokens tokens,
        Target target,
        SettingsFolder folder,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        if (tokens.ExpiresAt - Ahead > DateTimeOffset.UtcNow)
        {
            return tokens;
        }

        // An issuer may take a refresh token once: of several commands one renews, and the others use what it got.
        using var alone = folder.Renewal();
        return folder.Tokens(target.ProfileName) is { } newer && newer.Server == tokens.Server && newer.ExpiresAt > tokens.ExpiresAt
            ? newer
            : await Renewed(tokens, target, folder, warn, cancellationToken);
    }

    private static async Task<StoredTokens> Renewed(
        StoredTokens tokens,
        Target target,
        SettingsFolder folder,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        if (tokens.RefreshToken is null || target.Profile.Authority is not { } authority)
        {
            throw Ended(null);
        }

        using var http = Line.ToIssuer(warn);
        var flow = new SignInFlow(
            http,
            Target.Address(authority),
            target.Profile.ClientId ?? SignInFlow.UsualClientId,
            target.Profile.Scopes
        );
        try
        {
            var renewed = await flow.Renew(tokens, cancellationToken);
            folder.Write(target.ProfileName, renewed);
            return renewed;
        }
        catch (FailureException exception) when (exception.ExitCode == ExitCode.Refused)
        {
            // Another command may have renewed them in this moment, and taken longer than this one waited.
            return folder.Tokens(target.ProfileName) is { } newer && newer.ExpiresAt > tokens.ExpiresAt ? newer : throw Ended(exception);
        }
    }

    private static FailureException Ended(Exception? exception) =>
        new("Your session has ended.", "Run 'sagas login' again.", ExitCode.Refused, exception);
}
