using System.Globalization;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>Reads the grammar of CEL, as far as expressions of plans have it.</summary>
internal sealed class TermParser
{
    private const int MostDepth = 40;

    private static readonly string[] Macros = ["all", "exists", "exists_one", "filter", "map"];

    // From the loosest to the tightest.
    private static readonly string[][] Levels =
    [
        ["||"],
        ["&&"],
        ["<", "<=", ">", ">=", "==", "!=", "in"],
        ["+", "-"],
        ["*", "/", "%"],
    ];

    private readonly List<Token> tokens;
    private int next;
    private int depth;

    private TermParser(string text) => tokens = new Lexer(text).Read();

    public static Term Parse(string text)
    {
        var parser = new TermParser(text);
        var term = parser.Expression();
        return parser.Peek.Kind == TokenKind.End ? term : throw parser.Unexpected("an operator or the end");
    }

    private Token Peek => tokens[next];

    private Term Expression()
    {
        if (++depth > MostDepth)
        {
            throw new ExpressionLimitException($"The expression is nested deeper than {MostDepth} levels.");
        }

        var condition = Level(0);
        if (Peek is { Kind: TokenKind.Sign, Text: "?" } mark)
        {
            next++;
            var then = Expression();
            Expect(":");
            condition = new Choice(mark.At, condition, then, Expression());
        }

        depth--;
        return condition;
    }

    private Term Level(int level)
    {
        if (level == Levels.Length)
        {
            return Prefixed();
        }

        var left = Level(level + 1);
        while (Peek.Kind is TokenKind.Sign or TokenKind.Name && Levels[level].Contains(Peek.Text))
        {
            var sign = tokens[next++];
            left = new Binary(sign.At, sign.Text, left, Level(level + 1));
        }

        return left;
    }

    private Term Prefixed()
    {
        if (Peek is not { Kind: TokenKind.Sign, Text: "!" or "-" } sign)
        {
            return Postfixed(Primary());
        }

        if (++depth > MostDepth)
        {
            throw new ExpressionLimitException($"The expression is nested deeper than {MostDepth} levels.");
        }

        next++;
        var term = new Unary(sign.At, sign.Text[0], Prefixed());
        depth--;
        return term;
    }

    private Term Postfixed(Term term)
    {
        while (Peek is { Kind: TokenKind.Sign, Text: "." or "[" } sign)
        {
            next++;
            if (sign.Text == "[")
            {
                term = new Entry(sign.At, term, Expression());
                Expect("]");
                continue;
            }

            var name = Name();
            term = Peek is { Kind: TokenKind.Sign, Text: "(" } ? Method(term, name) : new Select(name.At, term, name.Text);
        }

        return term;
    }

    private Term Method(Term of, Token name)
    {
        if (!Macros.Contains(name.Text))
        {
            return new Call(name.At, name.Text, [of, .. Arguments()]);
        }

        Expect("(");
        var variable = Name();
        Expect(",");
        var body = Expression();
        Expect(")");
        return new Over(name.At, name.Text, of, variable.Text, body);
    }

    private Term Primary()
    {
        var token = tokens[next];
        switch (token.Kind)
        {
            case TokenKind.Whole:
                next++;
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                    ? new Literal(token.At, whole)
                    : throw new ExpressionException(Place(token, "this whole number is too large"));
            case TokenKind.Decimal:
                next++;
                return Decimals.TryRead(token.Text, out var number)
                    ? new Literal(token.At, number)
                    : throw new ExpressionException(Place(token, "this number has too many digits"));
            case TokenKind.Text:
                next++;
                return new Literal(token.At, token.Text);
            case TokenKind.Name:
                return Named();
            case TokenKind.Sign when token.Text == "(":
                next++;
                var inner = Expression();
                Expect(")");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                return new ListTerm(token.At, Listed("[", "]"));
            case TokenKind.Sign when token.Text == "{":
                return new MapTerm(token.At, Members());
            default:
                throw Unexpected("a value");
        }
    }

    private Term Named()
    {
        var name = Name();
        switch (name.Text)
        {
            case "true" or "false":
                return new Literal(name.At, name.Text == "true");
            case "null":
                return new Literal(name.At, Value: null);
        }

        if (Peek is not { Kind: TokenKind.Sign, Text: "(" })
        {
            return new NameTerm(name.At, name.Text);
        }

        var arguments = Arguments();
        return name.Text != "has" ? new Call(name.At, name.Text, arguments)
            : arguments is [Select field] ? new Has(name.At, field)
            : throw new ExpressionException(Place(name, "has(...) takes one field, such as has(data.note)"));
    }

    private List<(Term, Term)> Members()
    {
        Expect("{");
        var members = new List<(Term, Term)>();
        while (Peek is not { Kind: TokenKind.Sign, Text: "}" })
        {
            var key = Expression();
            Expect(":");
            members.Add((key, Expression()));
            if (Peek is not { Kind: TokenKind.Sign, Text: "," })
            {
                break;
            }

            next++;
        }

        Expect("}");
        return members;
    }

    private List<Term> Arguments() => Listed("(", ")");

    private List<Term> Listed(string open, string close)
    {
        Expect(open);
        var terms = new List<Term>();
        while (Peek is not { Kind: TokenKind.Sign } sign || sign.Text != close)
        {
            terms.Add(Expression());
            if (Peek is not { Kind: TokenKind.Sign, Text: "," })
            {
                break;
            }

            next++;
        }

        Expect(close);
        return terms;
    }

    private Token Name() => Peek.Kind == TokenKind.Name ? tokens[next++] : throw Unexpected("a name");

    private void Expect(string sign)
    {
        if (Peek.Kind != TokenKind.Sign || Peek.Text != sign)
        {
            throw Unexpected($"'{sign}'");
        }

        next++;
    }

    private ExpressionException Unexpected(string expected) =>
        new(Place(Peek, $"expected {expected}, got {(Peek.Kind == TokenKind.End ? "the end" : $"'{Peek.Text}'")}"));

    private static string Place(Token at, string why) => string.Create(CultureInfo.InvariantCulture, $"At character {at.At}: {why}.");
}
