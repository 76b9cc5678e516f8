using System.CommandLine;
using SagaOrchestrator.Cli.Profiles;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>What every verb takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Server = new("--server")
    {
        Description = $"Where the API is, for example http://127.0.0.1:18480; else {Target.ServerVariable}, or the profile's.",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<string?> Profile = new("--profile")
    {
        Description = $"One of several systems, as 'sagas profiles ls' has them; else {Target.ProfileVariable}, or the default one.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "The API's own JSON on standard output, for scripts.",
        Recursive = true,
    };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours; so too with NO_COLOR, and where there is no terminal.",
        Recursive = true,
    };

    public static IEnumerable<Option> All => [Server, Profile, Json, NoColor];
}
