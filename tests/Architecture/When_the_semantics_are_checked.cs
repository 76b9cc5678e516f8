using System.Text.RegularExpressions;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>Holds <c>docs/semantics.md</c> to the tests: every rule has a guard, and the guard says so itself.</summary>
public sealed partial class When_the_semantics_are_checked
{
    private const int Rules = 43;

    private static readonly IReadOnlyList<Match> Rows =
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Clone.Root, "docs/semantics.md"))).Cast<Match>(),
    ];

    [Test]
    public void Should_find_every_rule_once() =>
        Rows.Select(row => row.Groups["rule"].Value).ShouldBe(Enumerable.Range(1, Rules).Select(number => $"S{number}"));

    [Test]
    public void Should_find_a_test_for_every_rule_that_cites_it()
    {
        var guards = Guards();
        guards.Count.ShouldBeGreaterThan(100);
        foreach (var row in Rows)
        {
            guards.ShouldContain(
                (row.Groups["rule"].Value, row.Groups["test"].Value),
                $"{row.Groups["rule"].Value} is said to be guarded by {row.Groups["test"].Value}"
            );
        }
    }

    [Test]
    public void Should_find_the_code_of_every_rule()
    {
        string[] roots = ["src/Orchestrator", "src/Participants", "src"];
        foreach (
            var place in Rows.SelectMany(row => Code().Matches(row.Groups["where"].Value).Cast<Match>())
                .Select(match => match.Groups["path"].Value)
        )
        {
            roots
                .Select(root => Path.Combine(Clone.Root, root, place))
                .ShouldContain(path => File.Exists(path + ".cs") || Directory.Exists(path), place);
        }
    }

    // The rules that each test cites in its attributes.
    private static HashSet<(string Rule, string Test)> Guards()
    {
        var guards = new HashSet<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Clone.Root, "tests"), "When_*.cs", SearchOption.AllDirectories))
        {
            foreach (Match test in Test().Matches(File.ReadAllText(file)))
            {
                foreach (Match rule in Citation().Matches(test.Groups["attributes"].Value))
                {
                    guards.Add((rule.Groups["rule"].Value, $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups["name"].Value}"));
                }
            }
        }

        return guards;
    }

    [GeneratedRegex(
        @"^\| (?<rule>S\d+) \| [^|]+ \| (?<where>[^|]+) \| `(?<test>[^`]+)` \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Row();

    [GeneratedRegex("`(?<path>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"(?<attributes>(^\s*\[[^\n]*\]\n)+)\s*public (async )?(Task|void) (?<name>Should_\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Test();

    [GeneratedRegex(@"Property\(""Rule"", ""(?<rule>S\d+)""\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Citation();
}
