using System.Globalization;

namespace SagaOrchestrator.Documents.Reading;

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="Path">The same as a JSON Pointer, for example <c>/steps/2/undo</c>; empty for the whole document.</param>
/// <param name="Rule">Which rule it breaks, in one word, for example <c>unknown-field</c>.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record PlanFinding(int Line, string Path, string Rule, string Message)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"line {Line}, {(Path.Length == 0 ? "/" : Path)}: {Message} [{Rule}]");
}
