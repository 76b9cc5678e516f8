using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>Evaluates one expression once.</summary>
/// <param name="roots">What its names mean.</param>
internal sealed class Evaluator(IReadOnlyDictionary<string, object?> roots)
{
    private readonly Budget budget = new();
    private readonly Dictionary<string, object?> variables = new(StringComparer.Ordinal);

    public object? Evaluate(Term term)
    {
        budget.Spend(1);
        return term switch
        {
            Literal literal => literal.Value,
            NameTerm name => Named(name),
            Has has => Values.TryField(Evaluate(has.Field.Of), has.Field.Field, out _),
            Select select => Values.TryField(Evaluate(select.Of), select.Field, out var value)
                ? value
                : throw Wrong(select, $"there is no field '{select.Field}' here. Ask has(...) first"),
            Entry entry => EntryOf(entry),
            Call call => Functions.Call(call, [.. call.Arguments.Select(Evaluate)], budget),
            Over over => Entries(over),
            Unary unary => Signed(unary, Evaluate(unary.Of)),
            Binary { Sign: "&&" or "||" } binary => Logical(binary),
            Binary binary => Operators.Apply(binary, Evaluate(binary.Left), Evaluate(binary.Right), budget),
            Choice choice => Flag(choice, Evaluate(choice.If)) ? Evaluate(choice.Then) : Evaluate(choice.Else),
            ListTerm list => budget.Held([.. list.Items.Select(Evaluate)]),
            MapTerm map => Map(map),
            _ => throw Wrong(term, "this cannot be evaluated"),
        };
    }

    /// <summary>Why a part of an expression has no value.</summary>
    public static ExpressionException Wrong(Term at, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"At character {at.At}: {why}."));

    private object? Named(NameTerm name) =>
        variables.TryGetValue(name.Name, out var variable) ? variable
        : roots.TryGetValue(name.Name, out var root) ? root
        : throw Wrong(name, $"nothing is called '{name.Name}'");

    private object? EntryOf(Entry entry)
    {
        var (of, key) = (Evaluate(entry.Of), Evaluate(entry.Key));
        if (key is string name)
        {
            return Values.TryField(of, name, out var value) ? value : throw Wrong(entry, "there is no such field");
        }

        // An entry of JSON is reached without the others.
        if (of is JsonValueView { Element.ValueKind: JsonValueKind.Array } view && key is long at)
        {
            return at >= 0 && at < view.Element.GetArrayLength()
                ? Values.Of(view.Element[(int)at], (view.Shape as Intake.Shapes.ListShape)?.Item)
                : throw Wrong(entry, "the list has no such entry");
        }

        return of is IReadOnlyList<object?> list && key is long index && index >= 0 && index < list.Count
            ? list[(int)index]
            : throw Wrong(entry, $"{Values.KindOf(of)} has no such entry");
    }

    private object? Entries(Over over)
    {
        var list = Values.List(Evaluate(over.List), budget) ?? throw Wrong(over, $"{over.Macro} goes over a list");
        var had = variables.TryGetValue(over.Variable, out var outer);
        try
        {
            return Macro(over, list);
        }
        finally
        {
            // What fails on one side of && or || leaves nothing to the other.
            if (had)
            {
                variables[over.Variable] = outer;
            }
            else
            {
                variables.Remove(over.Variable);
            }
        }
    }

    private object? Macro(Over over, IReadOnlyList<object?> list)
    {
        object? Body(object? item)
        {
            variables[over.Variable] = item;
            return Evaluate(over.Body);
        }

        bool Holds(object? item) => Flag(over, Body(item));

        return over.Macro switch
        {
            "all" => list.All(Holds),
            "exists" => list.Any(Holds),
            "exists_one" => list.Count(Holds) == 1,
            "filter" => budget.Held([.. list.Where(Holds)]),
            _ => budget.Held([.. list.Select(Body)]),
        };
    }

    // A side that decides counts, even when the other one has no value.
    private bool Logical(Binary binary)
    {
        var decides = binary.Sign == "||";
        try
        {
            if (Flag(binary, Evaluate(binary.Left)) == decides)
            {
                return decides;
            }
        }
        catch (ExpressionException exception) when (exception is not ExpressionLimitException)
        {
            if (Flag(binary, Evaluate(binary.Right)) == decides)
            {
                return decides;
            }

            throw;
        }

        return Flag(binary, Evaluate(binary.Right));
    }

    private static object Signed(Unary unary, object? value) =>
        (unary.Sign, value) switch
        {
            ('!', bool flag) => !flag,
            ('-', long whole) => Operators.Checked(unary, () => checked(-whole)),
            ('-', decimal number) => -number,
            _ => throw Wrong(unary, $"'{unary.Sign}' does not go with {Values.KindOf(value)}"),
        };

    private Dictionary<string, object?> Map(MapTerm map)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Members)
        {
            members[Evaluate(key) as string ?? throw Wrong(key, "the name of a field is a string")] = Evaluate(value);
        }

        return members;
    }

    private static bool Flag(Term at, object? value) =>
        value is bool flag ? flag : throw Wrong(at, $"true or false is needed here, not {Values.KindOf(value)}");
}
