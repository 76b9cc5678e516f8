using System.Text.Json.Nodes;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>
/// An expression in the Common Expression Language, as far as plans need it: no clock, no randomness, no I/O, no regular expressions, and
/// exact decimals. Equal values give an equal result, within a bounded number of steps.
/// </summary>
internal sealed class Expression
{
    /// <summary>An expression is no longer.</summary>
    public const int MostCharacters = 2_000;

    private Expression(string text, Term term) => (Text, Term) = (text, term);

    public string Text { get; }

    public Term Term { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">It cannot be read; the message says at which character.</exception>
    public static Expression Parse(string text) =>
        text.Length <= MostCharacters
            ? new Expression(text, TermParser.Parse(text))
            : throw new ExpressionLimitException($"The expression has more than {MostCharacters} characters.");

    /// <summary>Its value.</summary>
    /// <exception cref="ExpressionException">It has none.</exception>
    public object? Evaluate(IReadOnlyDictionary<string, object?> roots) => new Evaluator(roots).Evaluate(Term);

    /// <summary>Its value as JSON.</summary>
    public JsonNode? ToJson(IReadOnlyDictionary<string, object?> roots) => ToJson(roots, new Room());

    /// <summary>The same, where other values have taken room.</summary>
    public JsonNode? ToJson(IReadOnlyDictionary<string, object?> roots, Room room) => Values.ToJson(Evaluate(roots), room);

    /// <summary>Whether it holds.</summary>
    /// <exception cref="ExpressionException">It is neither true nor false.</exception>
    public bool Holds(IReadOnlyDictionary<string, object?> roots) =>
        Evaluate(roots) is var value && value is bool flag
            ? flag
            : throw new ExpressionException($"'{Text}' is {Values.KindOf(value)}, and not true or false.");
}
