using System.Xml.Linq;

namespace SagaOrchestrator.Architecture.Tests;

public sealed class When_packages_are_validated
{
    [Test]
    public void Should_find_it_set_for_all_of_them() => Values(Path.Combine(Clone.Root, "Directory.Build.props")).ShouldBe(["true"]);

    [TestCaseSource(typeof(Clone), nameof(Clone.Projects))]
    public void Should_find_no_project_that_leaves_it_out(string project) =>
        Directory.EnumerateFiles(Path.Combine(Clone.Root, project), "*.csproj").SelectMany(Values).ShouldBeEmpty();

    private static IEnumerable<string> Values(string file) =>
        XDocument.Load(file).Descendants("EnablePackageValidation").Select(value => value.Value);
}
