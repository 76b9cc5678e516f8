using System.Text.RegularExpressions;
using SagaOrchestrator.Packages.Tests.Outside;

namespace SagaOrchestrator.Packages.Tests.Walks;

/// <summary>What docs/integrating.md has its reader type and write, in order.</summary>
internal static partial class Page
{
    /// <summary>Everything on the page that is a command or a file.</summary>
    public static IReadOnlyList<Piece> Pieces { get; } = [.. Read(File.ReadAllText(Path.Combine(Clone.Root, "docs/integrating.md")))];

    private static IEnumerable<Piece> Read(string page)
    {
        foreach (var part in page.Split("\n## ").Skip(1))
        {
            foreach (var below in part.Split("\n### ").Index())
            {
                var (title, heading) = (FirstLine(part), below.Index == 0 ? null : FirstLine(below.Item));
                var language = heading?.StartsWith("In ", StringComparison.Ordinal) == true ? heading : null;
                foreach (var block in Blocks().Matches(below.Item).Cast<Match>())
                {
                    var file = block.Groups["file"] is { Success: true } named ? named.Value : null;
                    if (file is not null || block.Groups["kind"].Value == "sh")
                    {
                        yield return new Piece(title, language, file, block.Groups["text"].Value);
                    }
                }
            }
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0];

    // A block that is a file comes behind a line that ends with its name.
    [GeneratedRegex(@"(`(?<file>[\w./-]+)`:\n\n)?^```(?<kind>\w+)\n(?<text>.*?)^```$", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();

    private const RegexOptions Options = RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture;
}

/// <summary>A block of the page.</summary>
/// <param name="Section">The heading that it stands under.</param>
/// <param name="Language">The heading of a language below that; null when it is for all of them.</param>
/// <param name="File">The file that it is; null when it is commands.</param>
/// <param name="Text">What is typed or written.</param>
internal sealed record Piece(string Section, string? Language, string? File, string Text)
{
    /// <summary>What bash does with it.</summary>
    public string Typed => File is null ? Text : $"cat >'{File}' <<'END OF {File}'\n{Text}END OF {File}\n";
}
