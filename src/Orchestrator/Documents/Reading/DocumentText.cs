using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Documents.Reading;

/// <summary>Reads a document's text, YAML or JSON, into nodes.</summary>
internal static class DocumentText
{
    /// <summary>A document is no longer.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>A document is no deeper.</summary>
    public const int MostDepth = 32;

    /// <summary>A document has no more values.</summary>
    public const int MostNodes = 20_000;

    /// <summary>Reads it.</summary>
    /// <param name="text">The document.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <returns>The document; null when it cannot be read.</returns>
    public static MapNode? Read(string text, ICollection<PlanFinding> findings)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            findings.Add(
                new PlanFinding(
                    1,
                    string.Empty,
                    Rules.Syntax,
                    string.Create(CultureInfo.InvariantCulture, $"The document has more than {MostBytes} bytes. Make it shorter.")
                )
            );
            return null;
        }

        try
        {
            var isJson = text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal);
            var root = isJson ? JsonText.Read(text) : YamlText.Read(text);
            if (root is MapNode map)
            {
                return map;
            }

            findings.Add(new PlanFinding(root.Line, string.Empty, Rules.Syntax, $"The document is {root.Kind}. Write an object."));
        }
        catch (DocumentSyntaxException exception)
        {
            findings.Add(new PlanFinding(exception.Line, string.Empty, Rules.Syntax, exception.Message));
        }

        return null;
    }
}

/// <summary>A text cannot be read.</summary>
/// <param name="line">Where.</param>
/// <param name="message">Why.</param>
internal sealed class DocumentSyntaxException(int line, string message) : Exception(message)
{
    public int Line => line;
}

/// <summary>Counts what was read of a document.</summary>
internal sealed class NodeCount
{
    private int nodes;

    public void Add(int line, int depth)
    {
        if (++nodes > DocumentText.MostNodes)
        {
            throw new DocumentSyntaxException(line, $"The document has more than {DocumentText.MostNodes} values.");
        }

        if (depth > DocumentText.MostDepth)
        {
            throw new DocumentSyntaxException(line, $"The document is deeper than {DocumentText.MostDepth} levels.");
        }
    }
}
