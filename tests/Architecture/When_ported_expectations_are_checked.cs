using System.Text.RegularExpressions;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>Holds <c>docs/ported-expectations.md</c> to the tests: each that it names is there.</summary>
internal sealed partial class When_ported_expectations_are_checked
{
    private const int Columns = 4;
    private const int Ours = 2;
    private static readonly string[] Answers = ["yes", "in part", "not yet", "not offered"];

    [Test]
    public void Should_find_every_test_that_is_named()
    {
        var named = Rows().SelectMany(row => Named(row[Ours])).Distinct().ToArray();
        named.Length.ShouldBeGreaterThan(50);
        var files = Directory
            .EnumerateFiles(Path.Combine(Clone.Root, "tests"), "When_*.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);
        foreach (var (situation, test) in named)
        {
            files[situation]
                .ShouldContain(text => test == null || text.Contains($" {test}(", StringComparison.Ordinal), $"{situation}.{test}");
        }
    }

    [Test]
    public void Should_say_of_each_whether_it_is_answered()
    {
        var rows = Rows();
        rows.Count.ShouldBeGreaterThan(100);
        rows.ShouldAllBe(row =>
            row.Length == Columns && Answers.Any(answer => row[Columns - 1].StartsWith(answer, StringComparison.Ordinal))
        );
    }

    private static List<string[]> Rows() =>
        [
            .. File.ReadAllLines(Path.Combine(Clone.Root, "docs/ported-expectations.md"))
                .Where(line =>
                    line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| their class", StringComparison.Ordinal)
                )
                .Select(line => line.Trim('|', ' ').Split(" | ")),
        ];

    // `.Should_y` is another test of the class that was named before it.
    private static IEnumerable<(string Situation, string? Test)> Named(string cell)
    {
        string? situation = null;
        foreach (Match name in Name().Matches(cell))
        {
            situation = name.Groups["situation"] is { Success: true } given ? given.Value : situation;
            yield return (situation!, name.Groups["test"] is { Success: true } test ? test.Value : null);
        }
    }

    [GeneratedRegex(
        @"`(\w+\.)?(?<situation>When_\w+)?(\(\w+\))?(\.((?<test>Should_\w+)(\([^`]*\))?|\*))?`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Name();
}
