using System.Text.RegularExpressions;
using System.Xml.Linq;
using SagaOrchestrator.Packages.Tests.Outside;

namespace SagaOrchestrator.Packages.Tests.Walks;

/// <summary>Types docs/integrating.md in an empty folder: from nothing to a certified participant, in each of its languages.</summary>
public sealed partial class When_a_participant_is_built_from_nothing
{
    private const string WriteIt = "3. Write it";
    private static readonly string[] Once = ["0. Begin", "1. Get the contract"];
    private static readonly string[] ForEach = ["2. Get queue and user", WriteIt, "4. Prove it with certify"];
    private static readonly Piece Given = Page.Pieces[0];

    private string folder = null!;

    /// <summary>The languages are the page's.</summary>
    private static IEnumerable<string> Languages() => Page.Pieces.Select(piece => piece.Language).OfType<string>().Distinct();

    [OneTimeSetUp]
    public async Task Begin()
    {
        folder = Packed.Workshop.NewFolder("walk");
        await Type(TeamServers.Named("walk"), [.. Page.Pieces.Where(piece => Once.Contains(piece.Section))]);
    }

    [Test]
    public void Should_leave_out_nothing_on_the_page()
    {
        Languages().ShouldBe(["In C#", "In Node.js", "In Python"]);
        Page.Pieces.Select(piece => piece.Section).Distinct().ShouldBe([.. Once, .. ForEach]);
        Page.Pieces.Where(piece => piece.Language is not null).ShouldAllBe(piece => piece.Section == WriteIt);
    }

    [TestCaseSource(nameof(Languages))]
    public async Task Should_end_with_a_certificate(string language)
    {
        await using var servers = TeamServers.Named("walk" + Array.IndexOf([.. Languages()], language));
        var settings = Page.Pieces.Where(piece => piece.Section == Once[0]);
        var own = Page.Pieces.Where(piece => ForEach.Contains(piece.Section) && (piece.Language ?? language) == language);
        await Type(servers, [.. settings, .. own]);

        var report = Path.Combine(folder, "hotels.xml");
        var rules = XDocument.Load(report).Descendants("testcase").ToList();
        rules.Where(rule => rule.Element("failure") is not null).ShouldBeEmpty();
        var held = rules.Where(rule => !rule.HasElements).Select(rule => (string)rule.Attribute("name")!).ToArray();
        string[] told = ["answer", "duplicate", "undo", "undo-first", "rejection", "enquiry-after", "malformed", "prefetch"];
        told.ShouldBeSubsetOf(held.Select(name => name.Split(' ')[0]));
        File.Delete(report);
    }

    // As one who types it: a command that fails is the end, and what runs in the background ends with the shell.
    private Task<string> Type(TeamServers servers, IReadOnlyList<Piece> pieces)
    {
        var given = servers.Given().Append(new("SAGAS", Clone.Root)).Append(new("PACKAGES", Packed.Workshop.Feed)).ToDictionary();
        Names().Matches(Given.Text).Select(name => name.Value).ShouldBe(given.Keys, ignoreOrder: true, "what the page's reader fills in");
        var values = string.Join('\n', given.Select(value => $"export {value.Key}='{value.Value}'"));
        const string Begin = """
            set -euo pipefail
            set -m
            trap 'for job in $(jobs -p); do kill -- "-$job" || true; done; wait' EXIT
            """;
        string[] typed = [Begin, .. pieces.Select(piece => piece == Given ? values : piece.Typed)];
        // Templates are installed there, so that the person's own stay as they are.
        var home = new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = Packed.Workshop.NewFolder("home") };
        return Shell.Run(folder, home, "bash", "-c", string.Join("\n", typed) + "\n");
    }

    [GeneratedRegex(@"\w+(?==)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
