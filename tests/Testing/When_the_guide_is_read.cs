using System.Runtime.CompilerServices;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>Every example of docs/testing.md is code of this project, so that it compiles and runs.</summary>
public sealed class When_the_guide_is_read
{
    private static IEnumerable<string> Examples()
    {
        var parts = File.ReadAllText(Path.Combine(Root(), "docs/testing.md")).Split("```csharp\n");
        return parts.Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)].TrimEnd());
    }

    [Test]
    public void Should_find_its_examples() => Examples().Count().ShouldBe(8);

    [Test]
    public void Should_find_each_example_in_the_code_word_for_word()
    {
        var code = string.Join(
            "\n\n",
            Directory.EnumerateFiles(Path.Combine(Root(), "tests/Testing"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
        );
        foreach (var example in Examples())
        {
            code.ShouldContain(example);
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
