namespace SagaOrchestrator.Documents.Expressions;

/// <summary>The signs between two values.</summary>
internal static class Operators
{
    public static object Apply(Binary binary, object? left, object? right, Budget budget) =>
        binary.Sign switch
        {
            "==" => AreEqual(left, right, budget),
            "!=" => !AreEqual(left, right, budget),
            "in" => IsIn(binary, left, right, budget),
            "<" => Compare(binary, left, right, budget) < 0,
            "<=" => Compare(binary, left, right, budget) <= 0,
            ">" => Compare(binary, left, right, budget) > 0,
            ">=" => Compare(binary, left, right, budget) >= 0,
            _ => Computed(binary, left, right, budget),
        };

    /// <summary>Runs a computation that may be over the range of its numbers.</summary>
    public static object Checked(Term at, Func<object> compute)
    {
        try
        {
            return compute();
        }
        catch (ArithmeticException exception)
        {
            throw Evaluator.Wrong(at, exception is DivideByZeroException ? "a division by zero" : "the number is too large");
        }
    }

    /// <summary>Whether two values are equal; an int equals a decimal of the same value, and values of different kinds are not.</summary>
    public static bool AreEqual(object? left, object? right, Budget budget)
    {
        budget.Spend(1);
        if (Values.IsList(left))
        {
            return Values.IsList(right)
                && Values.Size(left) == Values.Size(right)
                && Values.List(left, budget)!.Zip(Values.List(right, budget)!).All(pair => AreEqual(pair.First, pair.Second, budget));
        }

        if (Values.IsMap(left))
        {
            return Values.IsMap(right)
                && Values.Size(left) == Values.Size(right)
                && Values.Map(right, budget) is { } other
                && Values
                    .Map(left, budget)!
                    .All(field => other.TryGetValue(field.Key, out var value) && AreEqual(field.Value, value, budget));
        }

        if (left is string text && right is string)
        {
            budget.Look(text);
        }

        return (left, right) switch
        {
            (long whole, decimal number) => whole == number,
            (decimal number, long whole) => number == whole,
            _ => Equals(left, right),
        };
    }

    /// <summary>Which of two values comes first.</summary>
    public static int Compare(Term at, object? left, object? right, Budget budget)
    {
        switch (left, right)
        {
            case (long a, long b):
                return a.CompareTo(b);
            case (string a, string b):
                budget.Look(a);
                return string.CompareOrdinal(a, b);
            case (long or decimal, long or decimal):
                return Number(left).CompareTo(Number(right));
            default:
                throw Evaluator.Wrong(at, $"{Values.KindOf(left)} and {Values.KindOf(right)} cannot be compared");
        }
    }

    public static decimal Number(object? value) => value is long whole ? whole : (decimal)value!;

    private static bool IsIn(Binary binary, object? left, object? right, Budget budget) =>
        Values.List(right, budget) is { } list ? list.Any(item => AreEqual(left, item, budget))
        : Values.IsMap(right) && left is string name ? Values.TryField(right, name, out _)
        : throw Evaluator.Wrong(binary, "'in' looks into a list, or for a name into an object");

    private static object Computed(Binary binary, object? left, object? right, Budget budget)
    {
        if (binary.Sign == "+" && left is string first && right is string second)
        {
            return budget.Held(first + second);
        }

        if (binary.Sign == "+" && Values.IsList(left) && Values.IsList(right))
        {
            return (IReadOnlyList<object?>)[.. Values.List(left, budget)!, .. Values.List(right, budget)!];
        }

        return (left, right) switch
        {
            (long a, long b) => Checked(binary, () => Whole(binary, a, b)),
            (long or decimal, long or decimal) => Checked(binary, () => Exact(binary, Number(left), Number(right))),
            _ => throw Evaluator.Wrong(binary, $"'{binary.Sign}' does not go with {Values.KindOf(left)} and {Values.KindOf(right)}"),
        };
    }

    private static long Whole(Binary binary, long a, long b) =>
        binary.Sign switch
        {
            "+" => checked(a + b),
            "-" => checked(a - b),
            "*" => checked(a * b),
            "/" => checked(a / b),
            _ => b == -1 ? 0L : a % b,
        };

    private static decimal Exact(Binary binary, decimal a, decimal b) =>
        binary.Sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            _ => throw Evaluator.Wrong(binary, "'%' takes ints"),
        };
}
