using System.Globalization;

namespace SagaOrchestrator.Documents;

/// <summary>Reads the plan documents of a folder.</summary>
public static class PlanFolder
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Reads every file that ends in <c>.yaml</c>, <c>.yml</c> or <c>.json</c>, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="PlanDocumentException">It is not there, has none, or one is wrong.</exception>
    public static IReadOnlyList<PlanDocument> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new PlanDocumentException(
                $"There is no folder '{folder}' for plan documents. Create it, or name another one (Plans:Folder)."
            );
        }

        string[] files =
        [
            .. Directory
                .EnumerateFiles(folder)
                .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length > 0
            ? [.. files.Select(ReadFile)]
            : throw new PlanDocumentException($"The folder '{folder}' has no plan document: no file ends in {string.Join(", ", Endings)}.");
    }

    /// <summary>Reads one file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="PlanDocumentException">It is wrong; the message is one line that says where first.</exception>
    public static PlanDocument ReadFile(string file)
    {
        var document = PlanDocument.Read(File.ReadAllText(file));
        return document.Findings is { Count: > 0 } findings
            ? throw new PlanDocumentException(
                string.Create(CultureInfo.InvariantCulture, $"The plan document {file} is wrong in {findings[0]}{More(findings.Count - 1)}")
            )
            : document;
    }

    private static string More(int more) => more == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" And {more} more.");
}

/// <summary>A plan document cannot be used.</summary>
/// <param name="message">Which, and why.</param>
public sealed class PlanDocumentException(string message) : InvalidOperationException(message);
