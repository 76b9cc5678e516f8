using System.Text.RegularExpressions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>
/// docs/images/trace.svg is drawn from an export. When the spans of a saga are others on purpose, copy the received picture over it.
/// </summary>
public sealed partial class When_a_trace_is_drawn
{
    [Test]
    public async Task Should_be_the_picture_of_the_page()
    {
        var collector = (await Observed.Get()).Collector;
        var scenario = await Observed.Played();
        var shown = Label()
            .Matches(await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "docs/images/trace.svg")))
            .Select(match => match.Groups["label"].Value)
            .ToHashSet();
        try
        {
            await Eventually.Get(
                () => Task.FromResult(Labels(collector, scenario)),
                drawn => drawn.SetEquals(shown),
                $"the spans of the picture, {string.Join("; ", shown)}, are those of the trace",
                seconds: 20
            );
        }
        finally
        {
            var picture = TracePicture.Of(collector.Spans.Where(span => span.Trace == scenario.Good));
            await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "trace.received.svg"), picture);
        }
    }

    // On a busy machine a timer may fire meanwhile.
    private static HashSet<string> Labels(Collector collector, Scenario scenario) =>
        [
            .. TracePicture
                .Drawn(collector.Spans.Where(span => span.Trace == scenario.Good))
                .Select(TracePicture.LabelOf)
                .Where(label => !label.StartsWith("saga timer", StringComparison.Ordinal)),
        ];

    [GeneratedRegex("<text [^>]*>(?<label>[^<]*) <tspan", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}
