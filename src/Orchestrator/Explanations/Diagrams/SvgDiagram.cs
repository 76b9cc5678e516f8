using System.Globalization;
using System.Security;
using System.Text;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;

namespace SagaOrchestrator.Explanations.Diagrams;

/// <summary>
/// A saga as a picture: stages from left to right, parallel steps above one another, where each step stands by colour and in words. It has
/// no script, refers to nothing outside, and follows the reader's light or dark scheme.
/// </summary>
public static class SvgDiagram
{
    private const int Margin = 24;
    private const int Gap = 44;
    private const int RowGap = 20;
    private const int BoxHeight = 84;
    private const int EndWidth = 96;
    private const int Top = 64;
    private const int Least = 150;
    private const int Most = 300;

    // No variables: viewers that are no browsers know colours, classes and hardly more.
    private const string Style = """
        svg{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
        .title{font-size:16px;font-weight:600}.name,.word{font-weight:600}.box{stroke-width:1.5}.edge{fill:none;stroke-width:1.5}
        .planned .box,.skipped .box,.left .box{stroke-dasharray:5 3}.running .box,.undoing .box,.parked .box{stroke-width:3}
        .back{fill:#ffffff}text{fill:#1f2328}.soft{fill:#57606a}.edge{stroke:#8b949e}.tip{fill:#8b949e}
        """;

    private const string DarkStyle = ".back{fill:#0d1117}text{fill:#e6edf3}.soft{fill:#9198a1}.edge{stroke:#6e7681}.tip{fill:#6e7681}";

    private static readonly (string Look, string Fill, string Line, string DarkFill, string DarkLine)[] Colours =
    [
        ("planned", "#ffffff", "#8b949e", "#0d1117", "#6e7681"),
        ("running", "#ddf4ff", "#0969da", "#0c2d6b", "#58a6ff"),
        ("done", "#dafbe1", "#1a7f37", "#0f3d1f", "#3fb950"),
        ("failed", "#ffebe9", "#cf222e", "#67060c", "#ff7b72"),
        ("unknown", "#fff8c5", "#9a6700", "#4b2900", "#d29922"),
        ("undoing", "#fff1e5", "#bc4c00", "#5a1e02", "#f0883e"),
        ("undone", "#eaeef2", "#57606a", "#262c36", "#9198a1"),
        ("skipped", "#f6f8fa", "#afb8c1", "#161b22", "#484f58"),
        ("left", "#ffebe9", "#cf222e", "#67060c", "#ff7b72"),
        ("parked", "#fbefff", "#8250df", "#3c1e70", "#bc8cff"),
    ];

    private static readonly string Styles = string.Join(
        '\n',
        [
            Style,
            .. Colours.Select(colour => Coloured(colour.Look, colour.Fill, colour.Line)),
            "@media(prefers-color-scheme:dark){",
            DarkStyle,
            .. Colours.Select(colour => Coloured(colour.Look, colour.DarkFill, colour.DarkLine)),
            "}",
        ]
    );

    /// <summary>Draws it.</summary>
    /// <param name="saga">The saga, explained.</param>
    public static string Of(SagaExplanation saga)
    {
        ArgumentNullException.ThrowIfNull(saga);
        return Of(saga, StepLook.Title(saga));
    }

    /// <summary>Draws a plan.</summary>
    /// <param name="plan">The plan.</param>
    public static string Of(PlanDefinition plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Of(PlanLook.Of(plan), PlanLook.Title(plan));
    }

    private static string Of(SagaExplanation saga, string title)
    {
        var columns = saga.Steps.GroupBy(step => step.Stage).Select(stage => new Column([.. stage], WidthOf(saga, stage))).ToArray();
        var rows = columns.Max(column => column.Steps.Count);
        var height = Top + (rows * BoxHeight) + ((rows - 1) * RowGap) + Margin;
        var width = (Margin * 2) + (EndWidth * 2) + (Gap * (columns.Length + 1)) + columns.Sum(column => column.Width);
        var svg = new StringBuilder();
        Head(svg, saga, title, width, height);
        Body(svg, saga, columns, (Top + height - Margin) / 2);
        return svg.Append("</svg>\n").ToString();
    }

    private static string Coloured(string look, string fill, string line) =>
        $".{look} .box{{fill:{fill};stroke:{line}}}.{look} .bar{{fill:{line}}}";

    private static void Head(StringBuilder svg, SagaExplanation saga, string title, int width, int height)
    {
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"");
        Add(svg, $" role=\"img\" aria-labelledby=\"t d\">\n");
        svg.Append("<title id=\"t\">").Append(Escaped(title)).Append("</title>\n");
        svg.Append("<desc id=\"d\">").Append(Escaped(Description(saga))).Append("</desc>\n");
        svg.Append("<style>\n").Append(Styles).Append("\n</style>\n");
        Add(svg, $"<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n");
        svg.Append("<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">")
            .Append("<path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        Text(svg, Margin, 30, "title", Shortened(title, width - (2 * Margin), 9));
        Text(svg, Margin, 50, "soft", Shortened(saga.Sentences.IsEmpty ? string.Empty : saga.Sentences[0], width - (2 * Margin), 7));
    }

    // Everything that the picture shows, for whoever hears it.
    private static string Description(SagaExplanation saga) =>
        string.Join(
            ' ',
            saga.Steps.Select(step => $"{step.Name} {StepLook.Where(step)}: {StepLook.Words(step)}{Marked(StepLook.Mark(saga, step))}.")
                .Concat(saga.Sentences)
        );

    private static string Marked(string? mark) => mark is null ? string.Empty : ", " + mark;

    private static void Body(StringBuilder svg, SagaExplanation saga, IReadOnlyList<Column> columns, int middle)
    {
        var x = Margin;
        End(svg, x, middle, "start", "done");
        IReadOnlyList<int> from = [middle];
        x += EndWidth;
        foreach (var column in columns)
        {
            var to = column.Middles(middle);
            Edges(svg, x, from, x + Gap, to);
            x += Gap;
            for (var row = 0; row < to.Count; row++)
            {
                Box(svg, saga, column.Steps[row], x, to[row] - (BoxHeight / 2), column.Width);
            }

            (from, x) = (to, x + column.Width);
        }

        Edges(svg, x, from, x + Gap, [middle]);
        var (word, look) = saga.State switch
        {
            SagaState.Completed => ("Completed", "done"),
            SagaState.Failed => ("Failed", saga.Verdict?.Kind == VerdictKind.UndoneExcept ? "left" : "undone"),
            _ => ("end", "planned"),
        };
        End(svg, x + Gap, middle, word, look);
    }

    private static void Box(StringBuilder svg, SagaExplanation saga, StepExplanation step, int x, int y, int width)
    {
        svg.Append("<g class=\"")
            .Append(StepLook.Class(step))
            .Append("\"><title>")
            .Append(Escaped($"{step.Name} {StepLook.Where(step)}: {StepLook.Words(step)}"))
            .Append("</title>\n");
        Add(svg, $"<rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{BoxHeight}\" rx=\"8\"/>");
        Add(svg, $"<rect class=\"bar\" x=\"{x}\" y=\"{y + 8}\" width=\"5\" height=\"{BoxHeight - 16}\"/>\n");
        var inner = width - 28;
        Text(svg, x + 16, y + 22, "name", Shortened(step.Name, inner, 8));
        Text(svg, x + 16, y + 40, "soft", Shortened(StepLook.Where(step), inner, 7));
        Text(svg, x + 16, y + 58, "word", Shortened(StepLook.Words(step), inner, 8));
        if (StepLook.Mark(saga, step) is { } mark)
        {
            Text(svg, x + 16, y + 75, "soft", Shortened("↩ " + mark, inner, 7));
        }

        svg.Append("</g>\n");
    }

    private static void End(StringBuilder svg, int x, int middle, string word, string look)
    {
        Add(svg, $"<g class=\"{look}\"><rect class=\"box\" x=\"{x}\" y=\"{middle - 18}\" width=\"{EndWidth}\" height=\"36\" rx=\"18\"/>");
        Add(svg, $"<text class=\"word\" x=\"{x + (EndWidth / 2)}\" y=\"{middle + 5}\" text-anchor=\"middle\">{word}</text></g>\n");
    }

    private static void Edges(StringBuilder svg, int x1, IReadOnlyList<int> from, int x2, IReadOnlyList<int> to)
    {
        var half = (x1 + x2) / 2;
        foreach (var (y1, y2) in from.SelectMany(y1 => to.Select(y2 => (y1, y2))))
        {
            Add(svg, $"<path class=\"edge\" marker-end=\"url(#a)\" d=\"M{x1} {y1}C{half} {y1} {half} {y2} {x2 - 2} {y2}\"/>\n");
        }
    }

    private static void Text(StringBuilder svg, int x, int y, string look, string text) =>
        Add(svg, $"<text class=\"{look}\" x=\"{x}\" y=\"{y}\">{Escaped(text)}</text>\n");

    private static int WidthOf(SagaExplanation saga, IEnumerable<StepExplanation> steps) =>
        Math.Clamp(
            28
                + steps.Max(step =>
                    Math.Max(
                        Math.Max(step.Name.Length, StepLook.Words(step).Length) * 8,
                        Math.Max(StepLook.Where(step).Length, (StepLook.Mark(saga, step)?.Length + 2) ?? 0) * 7
                    )
                ),
            Least,
            Most
        );

    // No letter is measured: what may not fit is cut, and is whole in the title.
    private static string Shortened(string text, int width, int letter)
    {
        var most = Math.Max(1, width / letter);
        var runes = text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? new Rune(' ') : rune).ToArray();
        return string.Concat((runes.Length <= most ? runes : runes.Take(most - 1).Append(new Rune('…'))).Select(rune => rune.ToString()));
    }

    private static string Escaped(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // XML knows no other control characters, whatever they are written as.
            clean.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? new Rune(' ') : rune);
        }

        return SecurityElement.Escape(clean.ToString());
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));

    private sealed record Column(IReadOnlyList<StepExplanation> Steps, int Width)
    {
        public IReadOnlyList<int> Middles(int middle)
        {
            var top = middle - (((Steps.Count * BoxHeight) + ((Steps.Count - 1) * RowGap)) / 2);
            return [.. Steps.Select((_, row) => top + (row * (BoxHeight + RowGap)) + (BoxHeight / 2))];
        }
    }
}
