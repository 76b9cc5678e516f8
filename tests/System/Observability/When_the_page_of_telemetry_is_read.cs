using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>docs/telemetry.md has what the approved export has, and nothing else.</summary>
public sealed class When_the_page_of_telemetry_is_read
{
    private static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> Approved = ExportList.Read(
        Path.Combine(TestServers.Root, "tests/System/Observability/export.approved.txt")
    );

    private static readonly List<string[]> Rows =
    [
        .. File.ReadLines(Path.Combine(TestServers.Root, "docs/telemetry.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    [Test]
    public void Should_have_each_metric_with_its_unit_and_attributes() =>
        Rows.Where(row => row.Length == 5)
            .Select(row => $"{Bare(row[0])} | {row[1]} | {Bare(row[2])} : {string.Join(' ', Words(row[3]))}")
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                Approved
                    .Where(line => line.Key.StartsWith("metric ", StringComparison.Ordinal))
                    .Select(line => (Parts: line.Key["metric ".Length..].Split(" | "), Attributes: line.Value))
                    .Where(line => line.Parts[3].StartsWith("SagaOrchestrator", StringComparison.Ordinal))
                    .Select(line => $"{line.Parts[0]} | {line.Parts[1]} | {line.Parts[2]} : {string.Join(' ', Sorted(line.Attributes))}")
                    .Order(StringComparer.Ordinal)
            );

    [Test]
    public void Should_explain_each_metric() => Rows.Where(row => row.Length == 5).ShouldAllBe(row => row[4].Length > 15);

    [Test]
    public void Should_have_each_span_with_its_kind()
    {
        var shown = Rows.Where(row => row.Length == 3).Select(row => $"{Bare(row[0])} | {row[1]}").ToList();
        var spans = Approved
            .Keys.Select(key => key.TrimStart('?', ' '))
            .Where(key => key.StartsWith("span ", StringComparison.Ordinal))
            .Select(key => key["span ".Length..].Split(" | "))
            .ToList();
        foreach (var span in spans.Where(span => span[2].StartsWith("SagaOrchestrator", StringComparison.Ordinal)))
        {
            shown.ShouldContain($"{span[0]} | {span[1]}");
        }

        shown.ShouldBeSubsetOf(spans.Select(span => $"{span[0]} | {span[1]}"));
    }

    [Test]
    public void Should_name_each_attribute_of_our_spans()
    {
        var page = File.ReadAllText(Path.Combine(TestServers.Root, "docs/telemetry.md"));
        Approved
            .Where(line =>
                line.Key.Contains("span ", StringComparison.Ordinal) && line.Key.Contains("| SagaOrchestrator", StringComparison.Ordinal)
            )
            .SelectMany(line => line.Value)
            .Select(part => part.TrimEnd('?'))
            // MassTransit sets those, and links are told in words.
            .Where(part =>
                !part.StartsWith("messaging.masstransit", StringComparison.Ordinal) && !part.StartsWith("->", StringComparison.Ordinal)
            )
            .Distinct(StringComparer.Ordinal)
            .ShouldAllBe(part => page.Contains($"`{part}`"));
    }

    private static string Bare(string cell) => cell.Trim('`');

    private static IEnumerable<string> Words(string cell) =>
        cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Bare).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sorted(IEnumerable<string> parts) =>
        parts.Select(part => part.TrimEnd('?')).Order(StringComparer.Ordinal);
}
