using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>Draws a captured trace: a bar for each span, in the order of their starts, below the one that it belongs to.</summary>
internal static class TracePicture
{
    private const int Row = 18;
    private const int Top = 34;
    private const int Names = 400;
    private const int Width = 1100;

    private static readonly Dictionary<string, string> Colours = new()
    {
        ["server"] = "#4c6ef5",
        ["producer"] = "#f08c00",
        ["consumer"] = "#2f9e44",
        ["internal"] = "#868e96",
    };

    /// <summary>The spans that are drawn: those of the database are left out.</summary>
    public static IReadOnlyList<ExportedSpan> Drawn(IEnumerable<ExportedSpan> trace) =>
        [.. trace.Where(span => span.Kind != "client").OrderBy(span => span.Start)];

    /// <summary>What stands at a span.</summary>
    public static string LabelOf(ExportedSpan span)
    {
        // Of the exchange of an event, the type is enough.
        var name = span.Kind == "producer" && span.Name.Split(':') is [var before, var type] ? $"{before.Split(' ')[0]} {type}" : span.Name;
        var step = span.Attributes.GetValueOrDefault("saga.step") is { Length: > 0 } word ? $" ({word})" : string.Empty;
        return $"{name}{step}";
    }

    public static string Of(IEnumerable<ExportedSpan> trace)
    {
        var spans = Drawn(trace);
        var (begin, end) = (spans[0].Start, spans.Max(span => span.End));
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Top + (Row * spans.Count) + 10}\" font-family=\"sans-serif\" "
        );
        svg.Append("font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"20\" font-weight=\"bold\">One order as one trace, ");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"{(end - begin).TotalMilliseconds:0} ms. A diamond is a link to a group commit.</text>\n"
        );
        for (var index = 0; index < spans.Count; index++)
        {
            Draw(svg, spans, index, begin, (Width - Names - 20) / (end - begin).TotalMilliseconds);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, IReadOnlyList<ExportedSpan> spans, int index, DateTimeOffset begin, double scale)
    {
        var span = spans[index];
        var y = Top + (Row * index);
        var x = Names + ((span.Start - begin).TotalMilliseconds * scale);
        var width = Math.Max(2, (span.End - span.Start).TotalMilliseconds * scale);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{8 + (6 * Depth(spans, span))}\" y=\"{y + 12}\">{LabelOf(span)} <tspan fill=\"#868e96\">{span.Service}</tspan></text>"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{x:0.#}\" y=\"{y + 2}\" width=\"{width:0.#}\" height=\"12\" rx=\"2\" fill=\"{Colours[span.Kind]}\"/>"
        );
        if (span.Links.Count > 0)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{x + width + 2:0.#}\" y=\"{y + 12}\" fill=\"{Colours["internal"]}\">&#9670;</text>"
            );
        }

        svg.Append('\n');
    }

    private static int Depth(IReadOnlyList<ExportedSpan> spans, ExportedSpan span)
    {
        var depth = 0;
        for (var parent = ParentOf(spans, span); parent is not null && depth < spans.Count; parent = ParentOf(spans, parent))
        {
            depth++;
        }

        return depth;
    }

    private static ExportedSpan? ParentOf(IReadOnlyList<ExportedSpan> spans, ExportedSpan span) =>
        spans.FirstOrDefault(other => other.Id == span.Parent);
}
