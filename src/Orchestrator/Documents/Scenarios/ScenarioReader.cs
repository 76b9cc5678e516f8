using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Scenarios;

/// <summary>Reads the scenarios of a document.</summary>
internal sealed class ScenarioReader(JsonPlan plan, ICollection<PlanFinding> findings)
{
    private const int MostScenarios = 100;

    /// <summary>What may happen, and what stands beside it.</summary>
    private static readonly Dictionary<string, string[]> Verbs = new(StringComparer.Ordinal)
    {
        ["sends"] = ["fields"],
        ["completes"] = ["result"],
        ["rejects"] = ["code", "reason"],
        ["faults"] = ["code", "reason"],
        ["timesOut"] = [],
        ["notDone"] = [],
        ["undoes"] = ["fields"],
        ["undone"] = [],
        ["undoFails"] = ["code", "reason"],
        ["signal"] = ["data"],
        ["declines"] = ["code", "reason"],
        ["passTime"] = [],
        ["cancel"] = [],
    };

    public IReadOnlyList<Scenario> Read(Node? node)
    {
        var scenarios = new List<Scenario>();
        if (node is not null and not ListNode)
        {
            findings.Add(new PlanFinding(node.Line, node.Path, Rules.Value, $"'scenarios' is {node.Kind}. Write a list."));
        }

        var items = (node as ListNode)?.Items ?? [];
        if (items.Count > MostScenarios)
        {
            findings.Add(
                new PlanFinding(
                    items[MostScenarios].Line,
                    items[MostScenarios].Path,
                    Rules.Value,
                    string.Create(CultureInfo.InvariantCulture, $"A document has at most {MostScenarios} scenarios.")
                )
            );
        }

        foreach (var item in items.Take(MostScenarios))
        {
            if (Fields.Of(item, findings) is { } fields)
            {
                scenarios.Add(Read(fields));
                fields.NoOthers();
            }
        }

        return scenarios;
    }

    private Scenario Read(Fields fields)
    {
        var name = fields.Text("name", required: true) ?? "?";
        var data = Patched(plan.ExampleJson(), fields.Node("data")?.ToJson());
        List<Happening> happenings = [.. fields.List("happens").Select(Happening).OfType<Happening>()];
        var expected = fields.Object("expect", required: true);
        return new Scenario(
            name,
            fields.Place.Line,
            data,
            happenings,
            expected is null ? new Expected(fields.Place.Line) : Expect(expected)
        );
    }

    private Happening? Happening(Node node)
    {
        if (Fields.Of(node, findings) is not { } fields)
        {
            return null;
        }

        var verb = Verbs.Keys.FirstOrDefault(fields.Has);
        if (verb is null)
        {
            fields.Refuse(node, Rules.Scenario, $"Say what happens with one of: {string.Join(", ", Verbs.Keys)}.");
            return null;
        }

        var happening = new Happening(node.Line, verb, Subject(fields, verb))
        {
            Data = Verbs[verb].FirstOrDefault(name => name is "fields" or "result" or "data") is { } beside
                ? fields.Node(beside)?.ToJson()
                : null,
            Code = Verbs[verb].Contains("code") ? fields.Text("code", required: verb == "rejects") : null,
            Reason = Verbs[verb].Contains("reason") ? fields.Text("reason") : null,
        };
        fields.NoOthers();
        return happening;
    }

    private string Subject(Fields fields, string verb)
    {
        if (verb == "cancel")
        {
            fields.Flag(verb);
            return string.Empty;
        }

        if (verb == "passTime")
        {
            fields.Duration(verb);
            return (fields.Node(verb) as ScalarNode)?.Text ?? string.Empty;
        }

        var subject = fields.Text(verb) ?? string.Empty;
        var node = fields.Node(verb)!;
        if (verb is "signal" or "declines")
        {
            Known(fields, node, subject, "signal", plan.Definition.Steps.Select(step => step.Signal).OfType<string>());
        }
        else
        {
            Known(fields, node, subject, "step", StepNames);
        }

        return subject;
    }

    private Expected Expect(Fields fields)
    {
        var failure = fields.Object("failure");
        var steps = fields.Object("steps")?.All();
        foreach (var step in steps ?? [])
        {
            Known(fields, step.Value, step.Name, "step", StepNames);
            Known(fields, step.Value, (step.Value as ScalarNode)?.Text ?? string.Empty, "state of a step", Enum.GetNames<StepState>());
        }

        var expected = new Expected(fields.Place.Line)
        {
            State = fields.Word("state", Enum.GetNames<SagaState>()),
            FailedStep = failure?.Text("step"),
            FailureCode = failure?.Text("code"),
            Undone = Steps(fields, "undone", prefix: null),
            Sent = Steps(fields, "sent", "undo "),
            // One that stands twice is a finding already.
            Steps = steps
                ?.DistinctBy(step => step.Name, StringComparer.Ordinal)
                .ToDictionary(step => step.Name, step => (step.Value as ScalarNode)?.Text ?? string.Empty, StringComparer.Ordinal),
        };
        failure?.NoOthers();
        fields.NoOthers();
        return expected;
    }

    private string[]? Steps(Fields fields, string name, string? prefix)
    {
        if (!fields.Has(name))
        {
            return null;
        }

        var texts = fields.Texts(name);
        foreach (var text in texts)
        {
            var step = prefix is not null && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
            Known(fields, fields.Node(name)!, step, "step", StepNames);
        }

        return texts;
    }

    private IEnumerable<string> StepNames => plan.Definition.Steps.Select(step => step.Name);

    private static void Known(Fields fields, Node at, string name, string what, IEnumerable<string> names)
    {
        if (!names.Contains(name))
        {
            fields.Refuse(
                at,
                Rules.Scenario,
                $"There is no {what} '{name}'. There are: {string.Join(", ", names.DefaultIfEmpty("none"))}."
            );
        }
    }

    // JSON Merge Patch (RFC 7386).
    private static JsonNode Patched(JsonNode target, JsonNode? patch)
    {
        if (patch is not JsonObject changes || target is not JsonObject changed)
        {
            return patch?.DeepClone() ?? target;
        }

        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] =
                    value is JsonObject && changed[name] is JsonObject held ? Patched(held.DeepClone(), value) : value.DeepClone();
            }
        }

        return changed;
    }
}
