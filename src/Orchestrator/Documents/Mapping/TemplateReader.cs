using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Documents.Reading;

namespace SagaOrchestrator.Documents.Mapping;

/// <summary>
/// Reads a mapping. <c>{from: POINTER}</c>, <c>{cel: EXPRESSION}</c> and <c>{value: ANYTHING}</c> are values; other objects and lists hold
/// such values; everything else stands for itself.
/// </summary>
internal sealed class TemplateReader(Scope scope, ICollection<PlanFinding> findings)
{
    public Template? Read(Node node) =>
        node switch
        {
            MapNode map when map.Find("from") is not null => From(map),
            MapNode map when map.Find("cel") is not null => Cel(map),
            MapNode map when map.Find("value") is not null => Value(map),
            MapNode map => Object(map),
            ListNode list => new ListTemplate([.. list.Items.Select(Read).OfType<Template>()]),
            _ => new Constant(node.ToJson()),
        };

    /// <summary>A value at one place: a pointer as text, or an object with <c>from</c> or <c>cel</c>.</summary>
    public Template? ReadValue(Node node)
    {
        if (node is ScalarNode { Text: { } text })
        {
            return Pointed(node, text, isOptional: true);
        }

        if (node is MapNode map && (map.Find("from") ?? map.Find("cel")) is not null)
        {
            return Read(map);
        }

        findings.Add(
            new PlanFinding(node.Line, node.Path, Rules.Value, "Write a pointer such as /data/amount, or an object with 'from' or 'cel'.")
        );
        return null;
    }

    /// <summary>An expression.</summary>
    public Expression? ReadExpression(Node? node)
    {
        if (node is ScalarNode { Value: { } value } scalar)
        {
            return Expression(node, scalar.Text ?? value.ToString());
        }

        if (node is not null)
        {
            findings.Add(new PlanFinding(node.Line, node.Path, Rules.Value, $"This is {node.Kind}. Write an expression as a text."));
        }

        return null;
    }

    private From? From(MapNode map)
    {
        var fields = new Fields(map, findings);
        var text = fields.Text("from");
        var isOptional = fields.Flag("optional");
        fields.NoOthers();
        return text is null ? null : Pointed(map.Find("from")!, text, isOptional);
    }

    private From? Pointed(Node node, string text, bool isOptional)
    {
        if (Pointer.Read(text, scope, out var objection) is { } pointer)
        {
            return new From(text, pointer, isOptional);
        }

        findings.Add(new PlanFinding(node.Line, node.Path, Rules.Pointer, $"'{text}' leads to nothing. {objection}"));
        return null;
    }

    private Computed? Cel(MapNode map)
    {
        var fields = new Fields(map, findings);
        var expression = ReadExpression(fields.Node("cel"));
        fields.NoOthers();
        return expression is null ? null : new Computed(expression);
    }

    private Constant Value(MapNode map)
    {
        var fields = new Fields(map, findings);
        var value = fields.Node("value")!;
        fields.NoOthers();
        return new Constant(value.ToJson());
    }

    private ObjectTemplate Object(MapNode map)
    {
        var members = new Fields(map, findings).All();
        return new ObjectTemplate([
            .. members
                .DistinctBy(member => member.Name)
                .Select(member => (member.Name, Value: Read(member.Value)))
                .Where(member => member.Value is not null)
                .Select(member => (member.Name, member.Value!)),
        ]);
    }

    private Expression? Expression(Node node, string text)
    {
        try
        {
            var expression = Expressions.Expression.Parse(text);
            if (ExpressionCheck.Objection(expression, scope) is not { } objection)
            {
                return expression;
            }

            findings.Add(new PlanFinding(node.Line, node.Path, Rules.Expression, $"'{text}' cannot be evaluated. {objection}"));
        }
        catch (ExpressionException exception)
        {
            findings.Add(new PlanFinding(node.Line, node.Path, Rules.Expression, $"'{text}' cannot be read. {exception.Message}"));
        }

        return null;
    }
}
