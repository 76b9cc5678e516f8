using System.Globalization;
using System.Security;
using System.Text;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;

namespace SagaOrchestrator.Explanations.Diagrams;

/// <summary>
/// A saga as a picture: stages from left to right, parallel steps above one another, where each step stands by colour and in words. It has no script,
/// refers to nothing outside, and follows the reader's light or dark scheme.
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

    private const string Style = """
        svg{--back:#ffffff;--ink:#1f2328;--soft:#57606a;--line:#8b949e;font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        .back{fill:var(--back)}text{fill:var(--ink)}.soft{fill:var(--soft)}
        .title{font-size:16px;font-weight:600}.name{font-weight:600}.word{font-weight:600}
        .edge{fill:none;stroke:var(--line);stroke-width:1.5}.tip{fill:var(--line)}
        .box{stroke-width:1.5;fill:var(--f);stroke:var(--s)}.bar{fill:var(--s)}
        .planned{--f:#ffffff;--s:#8b949e}.running{--f:#ddf4ff;--s:#0969da}.done{--f:#dafbe1;--s:#1a7f37}.failed{--f:#ffebe9;--s:#cf222e}
        .unknown{--f:#fff8c5;--s:#9a6700}.undoing{--f:#fff1e5;--s:#bc4c00}.undone{--f:#eaeef2;--s:#57606a}.skipped{--f:#f6f8fa;--s:#afb8c1}
        .left{--f:#ffebe9;--s:#cf222e}.parked{--f:#fbefff;--s:#8250df}
        .planned .box,.skipped .box,.left .box{stroke-dasharray:5 3}.running .box,.undoing .box,.parked .box{stroke-width:3}
        @media(prefers-color-scheme:dark){svg{--back:#0d1117;--ink:#e6edf3;--soft:#9198a1;--line:#6e7681}
        .planned{--f:#0d1117;--s:#6e7681}.running{--f:#0c2d6b;--s:#58a6ff}.done{--f:#0f3d1f;--s:#3fb950}.failed{--f:#67060c;--s:#ff7b72}
        .unknown{--f:#4b2900;--s:#d29922}.undoing{--f:#5a1e02;--s:#f0883e}.undone{--f:#262c36;--s:#9198a1}.skipped{--f:#161b22;--s:#484f58}
        .left{--f:#67060c;--s:#ff7b72}.parked{--f:#3c1e70;--s:#bc8cff}}
        """;

    /// <summary>Draws it.</summary>
    /// <param name="saga">The saga, explained.</param>
    public static string Of(SagaExplanation saga)
    {
        ArgumentNullException.ThrowIfNull(saga);
        var columns = saga.Steps.GroupBy(step => step.Stage).Select(stage => new Column([.. stage], WidthOf(saga, stage))).ToArray();
        var rows = columns.Max(column => column.Steps.Count);
        var height = Top + (rows * BoxHeight) + ((rows - 1) * RowGap) + Margin;
        var width = (Margin * 2) + (EndWidth * 2) + (Gap * (columns.Length + 1)) + columns.Sum(column => column.Width);
        var svg = new StringBuilder();
        Head(svg, saga, width, height);
        Body(svg, saga, columns, (Top + height - Margin) / 2);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Head(StringBuilder svg, SagaExplanation saga, int width, int height)
    {
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"");
        Add(svg, $" role=\"img\" aria-labelledby=\"t d\">\n");
        svg.Append("<title id=\"t\">").Append(Escaped(StepLook.Title(saga))).Append("</title>\n");
        svg.Append("<desc id=\"d\">").Append(Escaped(Description(saga))).Append("</desc>\n");
        svg.Append("<style>\n").Append(Style).Append("\n</style>\n");
        Add(svg, $"<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n");
        svg.Append("<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">")
            .Append("<path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        Text(svg, Margin, 30, "title", Shortened(StepLook.Title(saga), width - (2 * Margin), 9));
        Text(svg, Margin, 50, "soft", Shortened(saga.Sentences.IsEmpty ? string.Empty : saga.Sentences[0], width - (2 * Margin), 7));
    }

    // Everything that the picture shows, for whoever hears it.
    private static string Description(SagaExplanation saga) => string.Join(' ', saga.Steps
        .Select(step => $"{step.Name} {StepLook.Where(step)}: {StepLook.Words(step)}{Marked(StepLook.Mark(saga, step))}.")
        .Concat(saga.Sentences));

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
        svg.Append("<g class=\"").Append(StepLook.Class(step)).Append("\"><title>")
            .Append(Escaped($"{step.Name} {StepLook.Where(step)}: {StepLook.Words(step)}")).Append("</title>\n");
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

    private static int WidthOf(SagaExplanation saga, IEnumerable<StepExplanation> steps) => Math.Clamp(
        28 + steps.Max(step => Math.Max(
            Math.Max(step.Name.Length, StepLook.Words(step).Length) * 8,
            Math.Max(StepLook.Where(step).Length, (StepLook.Mark(saga, step)?.Length + 2) ?? 0) * 7)),
        Least, Most);

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
