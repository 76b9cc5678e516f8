using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.SignIn;

namespace SagaOrchestrator.Cli.Verbs.Systems;

/// <summary><c>sagas login</c> and <c>logout</c>.</summary>
internal static class LoginVerbs
{
    public static Command Login()
    {
        var authority = new Option<string?>("--authority")
        {
            Description = "The issuer of tokens (OpenID Connect); kept in the profile.",
            HelpName = "URL",
        };
        var clientId = new Option<string?>("--client-id")
        {
            Description = $"What this program is called there: {SignInFlow.UsualClientId} by itself.",
            HelpName = "ID",
        };
        var scopes = new Option<string?>("--scopes")
        {
            Description = "What to ask for beside openid, profile and offline_access, so that tokens are for the API.",
            HelpName = "TEXT",
        };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only show the address at which to sign in." };
        var login = new Command("login", "Sign in with your issuer in a browser, and stay signed in.")
        {
            authority,
            clientId,
            scopes,
            noBrowser,
        };
        login.SetAction(
            (parsed, cancellationToken) =>
                Ending.Of(
                    parsed,
                    async screen =>
                    {
                        var folder = SettingsFolder.OfUser();
                        var target = Target.Of(folder, parsed.GetValue(GlobalOptions.Server), parsed.GetValue(GlobalOptions.Profile));
                        var former = target.IsOfProfile ? target.Profile : new Profile();
                        var profile = former with
                        {
                            Server = target.Server.ToString(),
                            Authority = parsed.GetValue(authority) ?? former.Authority,
                            ClientId = parsed.GetValue(clientId) ?? former.ClientId,
                            Scopes = parsed.GetValue(scopes) ?? former.Scopes,
                        };
                        await SignIn(folder, target, profile, !parsed.GetValue(noBrowser), screen, cancellationToken);
                        return ExitCode.Done;
                    }
                )
        );
        return login;
    }

    public static Command Logout()
    {
        var logout = new Command("logout", "Forget the sign-in, and give it back to the issuer where he takes it.");
        logout.SetAction(
            (parsed, cancellationToken) =>
                Ending.Of(
                    parsed,
                    async screen =>
                    {
                        var folder = SettingsFolder.OfUser();
                        var target = Target.Of(folder, parsed.GetValue(GlobalOptions.Server), parsed.GetValue(GlobalOptions.Profile));
                        if (folder.Tokens(target.ProfileName) is not { } tokens)
                        {
                            screen.Say($"Nobody is signed in as profile '{target.ProfileName}'.");
                            return ExitCode.Done;
                        }

                        folder.Write(target.ProfileName, null);
                        await GiveBack(target.Profile, tokens, screen, cancellationToken);
                        screen.Say("You are signed out.");
                        return ExitCode.Done;
                    }
                )
        );
        return logout;
    }

    private static async Task SignIn(
        SettingsFolder folder,
        Target target,
        Profile profile,
        bool opensBrowser,
        Screen screen,
        CancellationToken cancellationToken
    )
    {
        if (profile.Authority is not { } authority)
        {
            throw FailureException.Usage("The issuer is not known.", "Give --authority URL; the profile keeps it.");
        }

        using var http = Line.ToIssuer(screen.Note);
        var tokens = await Flow(http, authority, profile)
            .SignIn(
                target.Server,
                address =>
                {
                    screen.Note("Sign in at:");
                    screen.NoteUnbroken(address.AbsoluteUri);
                },
                opensBrowser,
                cancellationToken
            );
        folder.Change(list =>
            list with
            {
                Default = list.Default ?? target.ProfileName,
                Profiles = new Dictionary<string, Profile>(list.Profiles, StringComparer.Ordinal) { [target.ProfileName] = profile },
            }
        );
        folder.Write(target.ProfileName, tokens);
        screen.Say($"You are signed in to {target.Server}, profile '{target.ProfileName}'.");
    }

    private static async Task GiveBack(Profile profile, StoredTokens tokens, Screen screen, CancellationToken cancellationToken)
    {
        if (profile.Authority is not { } authority)
        {
            return;
        }

        try
        {
            using var http = Line.ToIssuer(screen.Note);
            await Flow(http, authority, profile).Revoke(tokens, cancellationToken);
        }
        catch (FailureException exception)
        {
            screen.Note(exception.Message);
            screen.Note("You are signed out here. The session ends there by itself.");
        }
    }

    private static SignInFlow Flow(HttpClient http, string authority, Profile profile) =>
        new(http, Target.Address(authority), profile.ClientId ?? SignInFlow.UsualClientId, profile.Scopes);
}
