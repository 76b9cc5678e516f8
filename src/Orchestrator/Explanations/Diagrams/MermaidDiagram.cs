using System.Globalization;
using System.Text;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;

namespace SagaOrchestrator.Explanations.Diagrams;

/// <summary>A saga as the text of a Mermaid flowchart, with where each step stands.</summary>
public static class MermaidDiagram
{
    private static readonly (string Class, string Style)[] Styles =
    [
        ("planned", "fill:#ffffff,stroke:#8b949e,color:#1f2328,stroke-dasharray:4 3"),
        ("running", "fill:#ddf4ff,stroke:#0969da,color:#0a3069,stroke-width:2px"),
        ("done", "fill:#dafbe1,stroke:#1a7f37,color:#04260f"),
        ("failed", "fill:#ffebe9,stroke:#cf222e,color:#4c0014"),
        ("unknown", "fill:#fff8c5,stroke:#9a6700,color:#3b2300"),
        ("undoing", "fill:#fff1e5,stroke:#bc4c00,color:#471700,stroke-width:2px"),
        ("undone", "fill:#eaeef2,stroke:#57606a,color:#24292f"),
        ("skipped", "fill:#f6f8fa,stroke:#afb8c1,color:#57606a,stroke-dasharray:2 3"),
        ("left", "fill:#ffebe9,stroke:#cf222e,color:#4c0014,stroke-dasharray:6 2"),
        ("parked", "fill:#fbefff,stroke:#8250df,color:#2e1461,stroke-width:3px"),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="saga">The saga, explained.</param>
    public static string Of(SagaExplanation saga)
    {
        ArgumentNullException.ThrowIfNull(saga);
        return Of(saga, StepLook.Title(saga));
    }

    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    public static string Of(PlanDefinition plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Of(PlanLook.Of(plan), PlanLook.Title(plan));
    }

    private static string Of(SagaExplanation saga, string title)
    {
        var text = new StringBuilder();
        text.Append("%%{init: {\"theme\": \"neutral\"}}%%\n").Append("flowchart LR\n");
        text.Append("    accTitle: ").Append(Line(title)).Append('\n');
        text.Append("    accDescr: ").Append(Line(string.Join(' ', saga.Sentences))).Append('\n');
        text.Append("    start([").Append(Quoted("start")).Append("])\n");
        var before = new[] { "start" };
        foreach (var stage in saga.Steps.Select((step, index) => (Step: step, Id: Id(index))).GroupBy(pair => pair.Step.Stage))
        {
            foreach (var (step, id) in stage)
            {
                Node(text, saga, step, id);
            }

            before = Edges(text, before, [.. stage.Select(pair => pair.Id)]);
        }

        text.Append("    finish([").Append(Quoted(End(saga))).Append("])\n");
        Edges(text, before, ["finish"]);
        Classes(text, saga);
        return text.ToString();
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"s{index + 1}");

    private static void Node(StringBuilder text, SagaExplanation saga, StepExplanation step, string id)
    {
        var lines = new[] { step.Name, StepLook.Where(step), StepLook.Words(step), StepLook.Mark(saga, step) };
        var (open, close) = step.Signal is null ? ("[", "]") : ("{{", "}}");
        text.Append("    ")
            .Append(id)
            .Append(open)
            .Append('"')
            .AppendJoin("<br/>", lines.OfType<string>().Select(Escaped))
            .Append('"')
            .Append(close)
            .Append('\n');
    }

    private static string[] Edges(StringBuilder text, string[] from, string[] to)
    {
        text.Append("    ").AppendJoin(" & ", from).Append(" --> ").AppendJoin(" & ", to).Append('\n');
        return to;
    }

    private static void Classes(StringBuilder text, SagaExplanation saga)
    {
        foreach (var (name, style) in Styles)
        {
            var ids = saga
                .Steps.Select((step, index) => (Class: StepLook.Class(step), Id: Id(index)))
                .Where(pair => pair.Class == name)
                .Select(pair => pair.Id)
                .ToArray();
            if (ids.Length > 0)
            {
                text.Append("    classDef ").Append(name).Append(' ').Append(style).Append('\n');
                text.Append("    class ").AppendJoin(',', ids).Append(' ').Append(name).Append('\n');
            }
        }
    }

    private static string End(SagaExplanation saga) =>
        saga.State is SagaState.Completed or SagaState.Failed ? saga.State.ToString() : "end";

    private static string Quoted(string text) => $"\"{Escaped(text)}\"";

    // Mermaid reads #name; and #number; as a character, and what is between quotes as HTML.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '#' or '<' or '>' or '&' or '`' or '\\' or ';' or '%' or '{' or '}' || Rune.IsControl(rune))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
            else
            {
                escaped.Append(rune);
            }
        }

        return escaped.ToString();
    }

    // These two are one line each, as they are.
    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(Rune.IsControl(rune) || rune.Value is '{' or '}' or '%' or '#' or ';' or '<' or '>' ? new Rune(' ') : rune);
        }

        return line.ToString();
    }
}
