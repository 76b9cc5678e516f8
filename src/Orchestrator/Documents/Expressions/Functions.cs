using System.Globalization;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>The functions of expressions. Each depends on its arguments alone.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, (int Least, int Most)> Known = new(StringComparer.Ordinal)
    {
        ["size"] = (1, 1),
        ["string"] = (1, 1),
        ["int"] = (1, 1),
        ["decimal"] = (1, 1),
        ["startsWith"] = (2, 2),
        ["endsWith"] = (2, 2),
        ["contains"] = (2, 2),
        ["substring"] = (2, 3),
        ["lowerAscii"] = (1, 1),
        ["upperAscii"] = (1, 1),
        ["trim"] = (1, 1),
        ["join"] = (2, 2),
        ["sum"] = (1, 1),
        ["least"] = (1, 1),
        ["greatest"] = (1, 1),
        ["round"] = (2, 2),
        ["abs"] = (1, 1),
    };

    /// <summary>Says what is wrong with a call, as far as that can be told beforehand; null when nothing is.</summary>
    public static string? Objection(Call call) =>
        !Known.TryGetValue(call.Function, out var count)
            ? $"there is no function '{call.Function}'. There are: has, {string.Join(", ", Known.Keys)}"
        : call.Arguments.Count < count.Least || call.Arguments.Count > count.Most
            ? $"'{call.Function}' takes another number of arguments, what stands before its point included"
        : null;

    public static object? Call(Call call, object?[] arguments, Budget budget)
    {
        if (Objection(call) is { } objection)
        {
            throw Evaluator.Wrong(call, objection);
        }

        foreach (var text in arguments.OfType<string>())
        {
            budget.Look(text);
        }

        return (call.Function, arguments) switch
        {
            ("size", [string text]) => (long)text.EnumerateRunes().Count(),
            ("size", [var one]) when Values.Size(one) is { } size => (long)size,
            ("string", [string text]) => text,
            ("string", [bool flag]) => flag ? "true" : "false",
            ("string", [long whole]) => whole.ToString(CultureInfo.InvariantCulture),
            ("string", [decimal number]) => Values.Text(number),
            ("int", [long whole]) => whole,
            ("int", [decimal number]) => Operators.Checked(call, () => decimal.ToInt64(number)),
            ("int", [string text]) when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                whole,
            ("decimal", [long whole]) => (decimal)whole,
            ("decimal", [decimal number]) => number,
            ("decimal", [string text]) when Decimals.TryRead(text, out var number) => number,
            ("startsWith", [string text, string start]) => text.StartsWith(start, StringComparison.Ordinal),
            ("endsWith", [string text, string end]) => text.EndsWith(end, StringComparison.Ordinal),
            ("contains", [string text, string part]) => text.Contains(part, StringComparison.Ordinal),
            ("lowerAscii", [string text]) => string.Concat(
                text.Select(one => char.IsAsciiLetterUpper(one) ? char.ToLowerInvariant(one) : one)
            ),
            ("upperAscii", [string text]) => string.Concat(
                text.Select(one => char.IsAsciiLetterLower(one) ? char.ToUpperInvariant(one) : one)
            ),
            ("trim", [string text]) => text.Trim(),
            ("substring", [string text, long from]) => Part(call, text, from, text.Length),
            ("substring", [string text, long from, long to]) => Part(call, text, from, to),
            ("abs", [long whole]) => Operators.Checked(call, () => Math.Abs(whole)),
            ("abs", [decimal number]) => Math.Abs(number),
            ("round", [long or decimal, long and >= 0 and <= 20 and var places]) => decimal.Round(
                Operators.Number(arguments[0]),
                (int)places,
                MidpointRounding.AwayFromZero
            ),
            (_, [var one, ..]) when Values.List(one, budget) is { } list => OfList(call, list, arguments, budget),
            _ => throw Evaluator.Wrong(
                call,
                $"'{call.Function}' cannot be made of {string.Join(" and ", arguments.Select(Values.KindOf))}"
            ),
        };
    }

    private static object OfList(Call call, IReadOnlyList<object?> list, object?[] arguments, Budget budget)
    {
        switch (call.Function)
        {
            case "join" when arguments[1] is string between && list.All(item => item is string):
                return Joined(list, between, budget);
            case "sum" when list.All(item => item is long):
                return Operators.Checked(call, () => list.Aggregate(0L, (sum, item) => checked(sum + (long)item!)));
            case "sum" when list.All(item => item is long or decimal):
                return Operators.Checked(call, () => list.Aggregate(0m, (sum, item) => sum + Operators.Number(item)));
            case "least" or "greatest" when list.Count > 0:
                var sign = call.Function == "least" ? 1 : -1;
                return list.Aggregate((one, other) => sign * Operators.Compare(call, one, other, budget) <= 0 ? one : other)!;
            default:
                throw Evaluator.Wrong(call, $"'{call.Function}' cannot be made of such a list");
        }
    }

    // Counted first: a few long texts, many times, are more than fits anywhere.
    private static string Joined(IReadOnlyList<object?> list, string between, Budget budget)
    {
        var characters = list.Sum(item => (long)((string)item!).Length + between.Length);
        return characters <= Budget.MostCharacters + between.Length
            ? budget.Held(string.Join(between, list))
            : throw new ExpressionLimitException($"The expression makes a text of more than {Budget.MostCharacters} characters.");
    }

    private static string Part(Call call, string text, long from, long to) =>
        from >= 0 && to <= text.Length && from <= to ? text[(int)from..(int)to] : throw Evaluator.Wrong(call, "the text has no such part");
}
