namespace SagaOrchestrator.Documents.Expressions;

/// <summary>A part of an expression.</summary>
/// <param name="At">Where it begins, from 1.</param>
internal abstract record Term(int At);

/// <summary>A value that is written out.</summary>
internal sealed record Literal(int At, object? Value) : Term(At);

/// <summary>A name: one of the roots, or a variable of a macro.</summary>
internal sealed record NameTerm(int At, string Name) : Term(At);

/// <summary>A field of a value.</summary>
internal sealed record Select(int At, Term Of, string Field) : Term(At);

/// <summary>Whether a field is there.</summary>
internal sealed record Has(int At, Select Field) : Term(At);

/// <summary>An entry of a list or an object.</summary>
internal sealed record Entry(int At, Term Of, Term Key) : Term(At);

/// <summary>A call of a function; what stands before its point is its first argument.</summary>
internal sealed record Call(int At, string Function, IReadOnlyList<Term> Arguments) : Term(At);

/// <summary>A macro over the entries of a list.</summary>
internal sealed record Over(int At, string Macro, Term List, string Variable, Term Body) : Term(At);

/// <summary>Minus or not.</summary>
internal sealed record Unary(int At, char Sign, Term Of) : Term(At);

/// <summary>Two values and a sign between them.</summary>
internal sealed record Binary(int At, string Sign, Term Left, Term Right) : Term(At);

/// <summary>One of two values.</summary>
internal sealed record Choice(int At, Term If, Term Then, Term Else) : Term(At);

/// <summary>A list that is written out.</summary>
internal sealed record ListTerm(int At, IReadOnlyList<Term> Items) : Term(At);

/// <summary>An object that is written out.</summary>
internal sealed record MapTerm(int At, IReadOnlyList<(Term Key, Term Value)> Members) : Term(At);
