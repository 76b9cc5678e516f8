namespace SagaOrchestrator.Documents.Expressions;

/// <summary>What a piece of an expression is.</summary>
internal enum TokenKind
{
    End,
    Name,
    Whole,
    Decimal,
    Text,
    Sign,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a text, what it means.</param>
/// <param name="At">Where it begins, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At);
