using System.Reflection;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>The console can do what the API can, because it has nothing else (ADR 48).</summary>
public sealed class When_the_console_is_checked
{
    private static readonly string Folder = Path.Combine(Clone.Root, "src/Orchestrator/Console");

    [Test]
    public void Should_find_that_it_knows_nothing_of_the_product() =>
        Assembly
            .Load("SagaOrchestrator.Console")
            .GetReferencedAssemblies()
            .ShouldAllBe(reference => !reference.Name!.StartsWith("SagaOrchestrator", StringComparison.Ordinal));

    // The policy would refuse it in the browser.
    [Test]
    public void Should_find_no_style_or_script_inside_a_page()
    {
        var pages = Directory.GetFiles(Folder, "*.razor", SearchOption.AllDirectories);
        pages.Length.ShouldBeGreaterThan(10);
        pages.ShouldAllBe(page => !Has(page, "style=\"", "<style", "<script>", "javascript:"));
    }

    [Test]
    public void Should_find_that_nothing_is_loaded_from_elsewhere() =>
        Directory
            .GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".css" or ".js")
            .Where(file => !file.Split('/').Any(folder => folder is "obj" or "bin"))
            .ShouldAllBe(file => !Has(file, "src=\"http", "url(", "@import"));

    private static bool Has(string file, params string[] words)
    {
        var text = File.ReadAllText(file);
        return words.Any(word => text.Contains(word, StringComparison.Ordinal));
    }
}
