namespace SagaOrchestrator.Architecture.Tests;

/// <summary>A line is read whole, beside another one. Tables in Markdown are lines of their renderer.</summary>
public sealed class When_lines_are_measured
{
    private const int Longest = 140;

    [TestCase("src", "*.cs")]
    [TestCase("docs", "*.md")]
    [TestCase("tools", "*.md")]
    public void Should_find_none_that_is_too_long(string folder, string files) =>
        Directory
            .EnumerateFiles(Path.Combine(Clone.Root, folder), files, SearchOption.AllDirectories)
            .Where(IsOurs)
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (Place: $"{file}:{index + 1}", Line: line)))
            .Where(line => line.Line.Length > Longest && !line.Line.StartsWith('|'))
            .Select(line => line.Place)
            .ShouldBeEmpty("run 'dotnet tool restore' and 'dotnet csharpier format .', and break what is left by hand");

    private static bool IsOurs(string file) => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "content");
}
