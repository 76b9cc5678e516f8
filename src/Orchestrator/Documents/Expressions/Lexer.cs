using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Documents.Expressions;

/// <summary>Cuts an expression into pieces.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Pairs = ["&&", "||", "==", "!=", "<=", ">="];

    private int at;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, string.Empty, at + 1));
                return tokens;
            }

            tokens.Add(Next());
        }
    }

    private Token Next()
    {
        var start = at;
        var first = text[at];
        if (char.IsAsciiLetter(first) || first == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            return new Token(TokenKind.Name, text[start..at], start + 1);
        }

        if (char.IsAsciiDigit(first))
        {
            return Number(start);
        }

        if (first is '\'' or '"')
        {
            return Quoted(start);
        }

        var sign = Pairs.FirstOrDefault(pair => string.CompareOrdinal(text, at, pair, 0, 2) == 0) ?? first.ToString();
        if (sign.Length == 1 && !"+-*/%!<>()[]{},.?:".Contains(first, StringComparison.Ordinal))
        {
            throw Wrong(start, $"'{first}' is no sign of an expression");
        }

        at += sign.Length;
        return new Token(TokenKind.Sign, sign, start + 1);
    }

    private Token Number(int start)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        var isDecimal = at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]);
        if (isDecimal)
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
        }

        if (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == '_'))
        {
            throw Wrong(start, "a number has digits and at most one point");
        }

        return new Token(isDecimal ? TokenKind.Decimal : TokenKind.Whole, text[start..at], start + 1);
    }

    private Token Quoted(int start)
    {
        var quote = text[at++];
        var content = new StringBuilder();
        for (; at < text.Length && text[at] != quote; at++)
        {
            content.Append(text[at] == '\\' ? Escaped(start) : text[at]);
        }

        if (at == text.Length)
        {
            throw Wrong(start, "the text that begins here has no end");
        }

        at++;
        return new Token(TokenKind.Text, content.ToString(), start + 1);
    }

    private char Escaped(int start)
    {
        if (++at == text.Length)
        {
            throw Wrong(start, "the text that begins here has no end");
        }

        switch (text[at])
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case '\\' or '\'' or '"':
                return text[at];
            case 'u'
                when at + 4 < text.Length
                    && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                return (char)code;
            default:
                throw Wrong(at, "a backslash stands before \\, ', \", n, t, or u and four hexadecimal digits");
        }
    }

    private static ExpressionException Wrong(int at, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"At character {at + 1}: {why}."));
}
