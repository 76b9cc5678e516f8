using System.Text.RegularExpressions;
using SagaOrchestrator.Engine.Topology;

namespace SagaOrchestrator.Orchestrator.Tests.Topology;

/// <summary>Whoever is given a right keeps those that others gave.</summary>
public sealed class When_rights_are_united
{
    [TestCase("^(hotels(\\.dead-letter)?|rentals)$", "^(hotels(\\.dead-letter)?|orders)$", "^(hotels(\\.dead-letter)?|rentals|orders)$")]
    [TestCase("^(orders\\.dead-letter|(a|b)\\.dead-letter)$", "^((c)\\.dead-letter)$", null)]
    [TestCase("^(orders|a)\\.dead-letter-lock$", "^(orders|c)\\.dead-letter-lock$", null)]
    [TestCase("^(a|b)$", "^(b)$", "^(a|b)$")]
    [TestCase("^a(\\.dead-letter(\\.incoming)?)?$", "^a(\\.dead-letter(\\.incoming)?)?$", "^a(\\.dead-letter(\\.incoming)?)?$")]
    [TestCase("^$", "^(a)$", "^(a)$")]
    [TestCase("", "^(a)$", "^(a)$")]
    [TestCase("^(a)$", "^$", "^(a)$")]
    [TestCase("^client\\.|^b$", "^(a|b)$", "^client\\.|^b$|^(a|b)$")]
    [TestCase("^[ab]$", "^(c)$", "^[ab]$|^(c)$")]
    [TestCase(".*", "^(c)$", ".*|^(c)$")]
    public void Should_match_what_either_matches_and_grow_once(string present, string wanted, string? expected)
    {
        var united = PermissionPattern.United(present, wanted);
        if (expected is not null)
        {
            united.ShouldBe(expected);
        }

        foreach (var name in Names())
        {
            Matches(united, name).ShouldBe(Matches(present, name) || Matches(wanted, name), $"{name} and {united}");
        }

        PermissionPattern.United(united, wanted).ShouldBe(united);
    }

    private static IEnumerable<string> Names() =>
        from name in new[] { "a", "b", "c", "hotels", "rentals", "orders", "client.7" }
        from ending in new[] { "", ".dead-letter", ".dead-letter.incoming", ".dead-letter-lock", "x" }
        select name + ending;

    // The broker takes the empty pattern for none.
    private static bool Matches(string pattern, string name) =>
        pattern.Length > 0 && Regex.IsMatch(name, pattern, RegexOptions.NonBacktracking);
}
