using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Documents.Mapping;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Documents.Schemas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Compiling;

/// <summary>Makes a plan of a document.</summary>
internal sealed partial class PlanReader(ICollection<PlanFinding> findings)
{
    /// <summary>Reads the document, its scenarios left out.</summary>
    /// <param name="root">The document.</param>
    /// <returns>The plan; null when something is wrong with it.</returns>
    public DocumentPlan? Read(MapNode root)
    {
        var fields = new Fields(root, findings);
        fields.Text("$schema");
        fields.Text("description");
        fields.Node("scenarios");
        var type = Name(fields);
        var version = fields.Whole("version", 1, 1_000_000, required: true);
        var data = fields.Required("data") is { } schema ? new ShapeReader(findings).Read(schema, type + ".data") : null;
        if (data is not null and not ObjectShape)
        {
            fields.Refuse(fields.Node("data")!, Rules.Schema, "The data of a saga is an object with properties.");
        }

        // What looks at data that could not be read would only repeat that.
        var shape = data as ObjectShape;
        Shape known = shape is null ? new FreeShape(IsObject: false) : shape;
        var scope = new Scope(known, []);
        var templates = new TemplateReader(scope, findings);
        var key = fields.Required("key") is { } node ? templates.ReadValue(node) : null;
        var rules = DataRules(fields, templates);
        var columns = new ColumnReader(scope, findings).Read(fields.Object("columns"));
        var steps = new StepReader(type, known, findings).Read(fields.List("steps", required: true));
        var deadline = fields.Duration("deadline");
        var example = fields.Required("example");
        fields.NoOthers();
        return findings.Count > 0
            ? null
            : Made(
                root,
                new PlanParts
                {
                    Type = type,
                    Version = version!.Value,
                    Data = Contract.Of(shape!),
                    Key = key!,
                    Example = CanonicalExample(example!),
                    Steps = steps,
                    Columns = columns,
                    Rules = rules,
                    Scope = scope,
                    Deadline = deadline,
                },
                example!
            );
    }

    private static string Name(Fields fields)
    {
        var name = fields.Text("plan", required: true);
        if (name is not null && !NameForm().IsMatch(name))
        {
            fields.Refuse(
                fields.Node("plan")!,
                Rules.Value,
                "The name of a plan has 1 to 100 small letters, digits, '-', '_' and '.', and begins with a letter."
            );
        }

        return name ?? "?";
    }

    private List<DataRule> DataRules(Fields fields, TemplateReader templates)
    {
        var rules = new List<DataRule>();
        foreach (var node in fields.List("rules"))
        {
            if (Fields.Of(node, findings) is not { } rule)
            {
                continue;
            }

            var must = templates.ReadExpression(rule.Required("must"));
            var (field, message) = (rule.Text("field"), rule.Text("message", required: true));
            rule.NoOthers();
            if (must is not null && message is not null)
            {
                rules.Add(new DataRule(must, field ?? string.Empty, message));
            }
        }

        return rules;
    }

    private DocumentPlan? Made(MapNode root, PlanParts parts, Node example)
    {
        if (!Takes(parts.Data, example))
        {
            return null;
        }

        try
        {
            var plan = new DocumentPlan(parts);
            var checkedExample = plan.Read(Bytes(example));
            return new DocumentPlan(parts with { Example = JsonElement.Parse(checkedExample.Data) });
        }
        catch (ImpossiblePlanException exception)
        {
            foreach (var finding in exception.Findings)
            {
                var step = parts.Steps.FirstOrDefault(step => finding.StartsWith($"Step '{step.Name}'", StringComparison.Ordinal));
                findings.Add(new PlanFinding(step?.Line ?? root.Line, step?.Path ?? string.Empty, Rules.Plan, Wording.OfDocument(finding)));
            }
        }
        catch (InvalidStartException exception)
        {
            findings.Add(new PlanFinding(example.Line, example.Path, Rules.Example, $"The plan refuses it. {exception.Message}"));
        }
        return null;
    }

    private bool Takes(Contract data, Node example)
    {
        var refusals = data.Check(Bytes(example), IntakeLimits.Default);
        foreach (var refusal in refusals)
        {
            findings.Add(new PlanFinding(example.Line, example.Path, Rules.Example, refusal.ToString()));
        }

        return refusals.Count == 0;
    }

    private static JsonElement CanonicalExample(Node example) => JsonElement.Parse(Bytes(example));

    private static byte[] Bytes(Node node) => Encoding.UTF8.GetBytes(node.ToJson()?.ToJsonString() ?? "null");

    [GeneratedRegex(@"^[a-z][a-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();
}
