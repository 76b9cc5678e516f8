using System.Globalization;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Documents.Mapping;

/// <summary>Looks through an expression for names, fields and functions that there are not, before any saga needs its value.</summary>
internal sealed class ExpressionCheck(Scope scope)
{
    private readonly Dictionary<string, Shape?> variables = new(StringComparer.Ordinal);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Objection(Expression expression, Scope scope)
    {
        try
        {
            new ExpressionCheck(scope).Look(expression.Term);
            return null;
        }
        catch (ExpressionException exception)
        {
            return exception.Message;
        }
    }

    // What is known of a part's value; null when nothing is.
    private Shape? Look(Term term)
    {
        switch (term)
        {
            case NameTerm name when variables.TryGetValue(name.Name, out var variable):
                return variable;
            case NameTerm name when Scope.Names.Contains(name.Name):
                return Values.FieldOf(scope.Shape, name.Name);
            case NameTerm name:
                throw Evaluator.Wrong(name, $"nothing is called '{name.Name}'. There are: {string.Join(", ", Scope.Names)}");
            case Select select:
                return Field(select);
            case Has has:
                Field(has.Field);
                return null;
            case Entry entry:
                Look(entry.Key);
                return Look(entry.Of) is var of && of is ListShape list ? Known(list.Item)
                    : entry.Key is Literal { Value: string named } ? Known(Values.FieldOf(of, named))
                    : Known((of as MapShape)?.Value);
            case Over over:
                Entries(over);
                return null;
            default:
                Parts(term);
                return null;
        }
    }

    private Shape? Field(Select select) =>
        Look(select.Of) switch
        {
            ObjectShape record => record.Fields.FirstOrDefault(field => field.Name == select.Field) is { } field
                ? Known(field.Shape)
                : throw Wrong(select, Pointer.Nothing(select.Field, record)),
            MapShape map => Known(map.Value),
            null or FreeShape => null,
            var other => throw Wrong(select, $"'{select.Field}' leads into {other.Expected}."),
        };

    private void Entries(Over over)
    {
        if (Scope.Names.Contains(over.Variable))
        {
            throw Evaluator.Wrong(over, $"'{over.Variable}' means something already. Give the variable another name");
        }

        var list = Look(over.List);
        var had = variables.TryGetValue(over.Variable, out var outer);
        variables[over.Variable] = Known((list as ListShape)?.Item);
        Look(over.Body);
        variables.Remove(over.Variable);
        if (had)
        {
            variables[over.Variable] = outer;
        }
    }

    private void Parts(Term term)
    {
        if (term is Call call && Functions.Objection(call) is { } objection)
        {
            throw Evaluator.Wrong(call, objection);
        }

        IEnumerable<Term> parts = term switch
        {
            Call { Arguments: var arguments } => arguments,
            Unary unary => [unary.Of],
            Binary binary => [binary.Left, binary.Right],
            Choice choice => [choice.If, choice.Then, choice.Else],
            ListTerm list => list.Items,
            MapTerm map => map.Members.SelectMany(member => new[] { member.Key, member.Value }),
            _ => [],
        };
        foreach (var part in parts)
        {
            Look(part);
        }
    }

    private static Shape? Known(Shape? shape) => shape is FreeShape ? null : shape;

    private static ExpressionException Wrong(Term at, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"At character {at.At}: {why}"));
}
