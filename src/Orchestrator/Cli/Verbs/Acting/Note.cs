using System.CommandLine;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Cli.Verbs.Acting;

/// <summary>Who acts, and why; and whether he is asked once more before it is done.</summary>
internal sealed class Note
{
    private const int LongestName = 100;

    private readonly Option<string> reason = new("--reason")
    {
        Description = "Why. It is kept with the action.",
        HelpName = "TEXT",
        Required = true,
    };

    private readonly Option<string?> by = new("--by")
    {
        Description = "Who acts, where nobody has to say who he is to the API; else the name of this machine's user.",
        HelpName = "NAME",
    };

    private readonly Option<bool> yes = new("--yes") { Description = "Do not ask once more." };

    public Option[] Options => [reason, by, yes];

    public bool IsSure(Call call) => call.Value(yes);

    /// <summary>A body with both in it. Who is known to the API acts in his own name, and names no other.</summary>
    public JsonObject Body(Call call)
    {
        var body = new JsonObject { ["reason"] = call.Value(reason) };
        var name = call.Value(by) ?? (call.Api.IsCallerKnown ? null : Environment.UserName);
        if (!string.IsNullOrEmpty(name))
        {
            body["by"] = name.Length <= LongestName ? name : name[..LongestName];
        }

        return body;
    }

    /// <summary>Whether it is to be done: at a terminal somebody is asked, unless he has said so before.</summary>
    public bool IsWanted(Call call) => IsSure(call) || !call.Screen.IsAsked || call.Screen.Asks("Do it?");
}
