using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Systems;

/// <summary><c>sagas profiles</c>: several systems.</summary>
internal static class ProfileVerbs
{
    public static Command Make() => new("profiles", "Several systems, each with its address and its sign-in.") { List(), Set(), Remove() };

    private static Command List()
    {
        var ls = new Command("ls", "Those that there are.");
        ls.SetAction(
            (parsed, _) =>
                Ending.Of(
                    parsed,
                    screen =>
                    {
                        var folder = SettingsFolder.OfUser();
                        var list = folder.Profiles();
                        var grid = new Grid("NAME", "DEFAULT", "SERVER", "SIGNED IN", "~ISSUER");
                        foreach (var (name, profile) in list.Profiles.OrderBy(one => one.Key, StringComparer.Ordinal))
                        {
                            grid.Row(
                                Cells.Of(name),
                                Cells.Of(name == list.Default ? "yes" : "no"),
                                Cells.Of(profile.Server),
                                Cells.Of(profile.ApiKey is null ? SignedIn(folder, name, screen) : "by a key"),
                                Cells.Of(profile.Authority)
                            );
                        }

                        if (grid.Rows == 0)
                        {
                            screen.Say("There are no profiles.");
                        }
                        else
                        {
                            screen.Show(grid);
                        }

                        return Task.FromResult(ExitCode.Done);
                    }
                )
        );
        return ls;
    }

    private static Command Set()
    {
        var name = new Argument<string>("name") { Description = "What to call it." };
        var isDefault = new Option<bool>("--default") { Description = "The one that counts when none is named." };
        var key = new Option<string?>("--api-key-file")
        {
            Description = "A file with the key of a machine, NAME.SECRET; - for standard input. The profile keeps it.",
            HelpName = "FILE|-",
        };
        var set = new Command("set", "Make a profile, or change one: its address is --server.") { name, isDefault, key };
        set.SetAction(
            (parsed, cancellationToken) =>
                Ending.Of(
                    parsed,
                    async screen =>
                    {
                        var (folder, called) = (SettingsFolder.OfUser(), parsed.GetRequiredValue(name));
                        var secret = parsed.GetValue(key) is { } file ? (await TextFile.Read(file, cancellationToken)).Trim() : null;
                        Change(folder, called, parsed.GetValue(GlobalOptions.Server), secret, parsed.GetValue(isDefault), screen);
                        return ExitCode.Done;
                    }
                )
        );
        return set;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("name") { Description = "Which one." };
        var remove = new Command("rm", "Forget a profile and its sign-in.") { name };
        remove.SetAction(
            (parsed, _) =>
                Ending.Of(
                    parsed,
                    screen =>
                    {
                        var (folder, called) = (SettingsFolder.OfUser(), parsed.GetRequiredValue(name));
                        folder.Change(list => Without(called, list));
                        folder.Write(called, null);
                        screen.Say($"Profile '{called}' is forgotten.");
                        return Task.FromResult(ExitCode.Done);
                    }
                )
        );
        return remove;
    }

    // A sign-in and a key are for one server.
    private static void Change(SettingsFolder folder, string name, string? server, string? secret, bool isDefault, Screen screen)
    {
        var (former, profile) = (new Profile(), new Profile());
        folder.Change(list =>
        {
            former = list.Profiles.GetValueOrDefault(name) ?? new Profile();
            profile = With(former, server, secret);
            return list with
            {
                Default = isDefault ? name : list.Default ?? name,
                Profiles = new Dictionary<string, Profile>(list.Profiles, StringComparer.Ordinal) { [name] = profile },
            };
        });
        screen.Say($"Profile '{name}' is {profile.Server}.");
        if (former.ApiKey is not null && profile.ApiKey is null)
        {
            screen.Note("Its key is forgotten, which was for another server. Give this one's: --api-key-file FILE");
        }

        if (folder.Tokens(name) is { } tokens && tokens.Server != profile.Server)
        {
            folder.Write(name, null);
            screen.Note("Its sign-in is forgotten, which was for another server. Run 'sagas login' again.");
        }
    }

    private static Profile With(Profile former, string? server, string? secret)
    {
        if ((server ?? former.Server) is not { } given)
        {
            throw FailureException.Usage("The address is missing.", "Give --server URL.");
        }

        var address = Target.Address(given).ToString();
        return former with
        {
            Server = address,
            ApiKey = secret ?? (address.TrimEnd('/') == former.Server?.TrimEnd('/') ? former.ApiKey : null),
        };
    }

    private static ProfileList Without(string name, ProfileList list) =>
        list.Profiles.ContainsKey(name)
            ? list with
            {
                Default = list.Default == name ? null : list.Default,
                Profiles = list.Profiles.Where(one => one.Key != name).ToDictionary(StringComparer.Ordinal),
            }
            : throw FailureException.Usage($"There is no profile '{name}'.", "See: sagas profiles ls");

    private static string SignedIn(SettingsFolder folder, string name, Screen screen) =>
        folder.Tokens(name) switch
        {
            null => "no",
            { RefreshToken: not null } => "yes",
            var tokens => tokens.ExpiresAt > screen.Now ? $"until {Times.Absolute(tokens.ExpiresAt)}" : "ended",
        };
}
