using System.Xml.Linq;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>
/// A product project has a public face for the others (ADR 42). Only what tests it, or measures and breaks it, sees its inside.
/// </summary>
public sealed class When_a_project_opens_its_inside
{
    private static readonly HashSet<string> Outside = [.. Names("tests"), .. Names("tools")];

    [TestCaseSource(typeof(Clone), nameof(Clone.Projects))]
    public void Should_open_it_to_tests_and_tools_alone(string project) => Friends(project).ShouldBeSubsetOf(Outside);

    [Test]
    public void Should_find_the_projects_that_it_is_about()
    {
        Outside.ShouldContain("SagaOrchestrator.Tests");
        Outside.ShouldContain("SagaOrchestrator.Runner");
        Outside.ShouldNotContain("SagaOrchestrator.Http");
        Friends("src/Orchestrator/Engine").ShouldContain("SagaOrchestrator.Orchestrator.Tests");
    }

    [Test]
    public void Should_do_it_in_the_project_file() =>
        Directory
            .EnumerateFiles(Path.Combine(Clone.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".props" or ".targets")
            .Where(file => !file.Split('/').Any(folder => folder is "obj" or "bin"))
            .Where(file => File.ReadAllText(file).Contains("InternalsVisibleTo", StringComparison.Ordinal))
            .ShouldBeEmpty();

    private static string[] Friends(string project) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Clone.Root, project), "*.csproj")
                .SelectMany(file => XDocument.Load(file).Descendants("InternalsVisibleTo"))
                .Select(friend => friend.Attribute("Include")!.Value),
        ];

    private static IEnumerable<string> Names(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Clone.Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)!);
}
