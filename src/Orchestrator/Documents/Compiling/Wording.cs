namespace SagaOrchestrator.Documents.Compiling;

/// <summary>Says in the words of a document what a finding says in those of a class.</summary>
internal static class Wording
{
    private static readonly (string Class, string Document)[] Words =
    [
        (".Do((data, saga) => new ...)", "command"),
        (".WaitsFor(signal)", "signal"),
        (".At(\"queue\")", "at"),
        (".UndoneBy(...)", "undo"),
        (".WithoutEffect()", "kind: check"),
        (".Within(...)", "within"),
    ];

    public static string OfDocument(string finding) =>
        Words.Aggregate(finding, (text, word) => text.Replace(word.Class, word.Document, StringComparison.Ordinal));
}
