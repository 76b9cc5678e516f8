using System.Text.RegularExpressions;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>
/// What a source file declares and what it can see. It sees a type whose namespace it imports, or is in, and uses it when it names it.
/// </summary>
internal sealed partial class SourceFile
{
    private readonly HashSet<string> imports;
    private readonly HashSet<string> words;
    private readonly string code;

    /// <param name="folder">The folder in its project.</param>
    /// <param name="text">The source.</param>
    public SourceFile(string folder, string text)
    {
        Folder = folder;
        code = Noise().Replace(text, " ");
        Namespace = Declaration().Match(code).Groups["name"].Value;
        imports = [.. Import().Matches(code).Select(import => import.Groups["name"].Value)];
        Types = [.. Type().Matches(code).Select(type => type.Groups["name"].Value)];
        words = [.. Word().Matches(Import().Replace(code, string.Empty)).Select(word => word.Value)];
    }

    public string Folder { get; }

    public string Namespace { get; }

    /// <summary>The types that it declares, without those inside others.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The first type of another file that this one uses; null when it uses none.</summary>
    public string? Used(SourceFile other) =>
        other.Types.FirstOrDefault(type => words.Contains(type) && (Sees(other.Namespace) || IsQualified(other.Namespace, type)));

    private bool Sees(string space) =>
        imports.Contains(space) || Namespace == space || Namespace.StartsWith(space + ".", StringComparison.Ordinal);

    private bool IsQualified(string space, string type) => code.Contains($"{space.Split('.')[^1]}.{type}", StringComparison.Ordinal);

    // Comments, and texts: what is in the braces of an interpolated one is code, so those stay.
    [GeneratedRegex(
        """//[^\n]*|/\*.*?\*/|(?<![$"])"([^"\\\n]|\\.)*"(?!")""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Noise();

    [GeneratedRegex(
        @"^namespace (?<name>[\w.]+)\s*[;{]",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(
        @"^using (static |\w+ = )?(?<name>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Import();

    [GeneratedRegex(
        @"^(public |internal |file |sealed |static |abstract |partial |readonly |ref |unsafe )*(class|record struct|record|struct|interface|enum|delegate [\w<>?\[\], ]+?) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Type();

    [GeneratedRegex(@"\b[A-Z]\w*\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();
}
