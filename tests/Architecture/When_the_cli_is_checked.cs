using System.Reflection;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>The terminal can do what the API can, because it has nothing else; and nothing that it shows can be taken for an order.</summary>
public sealed class When_the_cli_is_checked
{
    private static readonly string Folder = Path.Combine(Clone.Root, "src/Orchestrator/Cli");

    [Test]
    public void Should_find_that_it_knows_nothing_of_the_product() =>
        Assembly
            .Load("SagaOrchestrator.Cli")
            .GetReferencedAssemblies()
            .ShouldAllBe(reference => !reference.Name!.StartsWith("SagaOrchestrator", StringComparison.Ordinal));

    // A business key that looks like markup would colour the terminal, or end the command.
    [Test]
    public void Should_find_no_markup()
    {
        var files = Directory
            .GetFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Any(folder => folder is "obj" or "bin"))
            .ToArray();
        files.Length.ShouldBeGreaterThan(30);
        files.ShouldAllBe(file => !File.ReadAllText(file).Contains("Markup", StringComparison.Ordinal));
    }
}
