using System.Reflection;
using PublicApiGenerator;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>What others compile against, one approved text for each package. A change to it is a decision.</summary>
public sealed class When_the_public_api_is_compared
{
    [TestCaseSource(typeof(Packages), nameof(Packages.All))]
    public void Should_find_it_as_approved(string package)
    {
        var approved = Path.Combine(Clone.Root, "tests/Architecture/PublicApi", package + ".approved.txt");
        var received = Of(Assembly.Load(package)).ReplaceLineEndings("\n") + "\n";
        if (File.Exists(approved) && File.ReadAllText(approved) == received)
        {
            return;
        }

        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, package + ".received.txt");
        File.WriteAllText(file, received);
        Assert.Fail($"The public API of {package} is not as approved. Compare, and if it is wanted: cp {file} {approved}");
    }

    // Blazor finds public components alone. So those of the console are public, and no promise (ADR 48).
    private static string Of(Assembly package) =>
        package.GeneratePublicApi(
            new ApiGeneratorOptions
            {
                IncludeAssemblyAttributes = false,
                IncludeTypes = [.. package.GetExportedTypes().Where(type => !IsComponent(type))],
            }
        );

    private static bool IsComponent(Type type) =>
        type.GetInterface("Microsoft.AspNetCore.Components.IComponent") is not null || type.Name == "_Imports";

    [Test]
    public void Should_find_an_approved_text_for_packages_only() =>
        Directory
            .EnumerateFiles(Path.Combine(Clone.Root, "tests/Architecture/PublicApi"))
            .Select(file => Path.GetFileName(file).Replace(".approved.txt", string.Empty, StringComparison.Ordinal))
            .ShouldBeSubsetOf(Packages.All());

    // What an author of plans, steps or tests compiles against outlives the transport. A test host's harness is MassTransit's on purpose.
    [TestCase("SagaOrchestrator.Messages")]
    [TestCase("SagaOrchestrator.Decisions")]
    [TestCase("SagaOrchestrator.Plans")]
    [TestCase("SagaOrchestrator.Participants")]
    [TestCase("SagaOrchestrator.Testing", "MassTransit.Testing.ITestHarness")]
    public void Should_show_no_type_of_the_transport(string package, params string[] except) =>
        Packages
            .Signatures(package)
            .Where(seen =>
                seen.Type.Assembly.GetName().Name!.StartsWith("MassTransit", StringComparison.Ordinal)
                || seen.Type.Assembly.GetName().Name!.StartsWith("RabbitMQ", StringComparison.Ordinal)
            )
            .Where(seen => !except.Contains(seen.Type.FullName))
            .Select(seen => $"{seen.Where}: {seen.Type}")
            .Distinct()
            .ShouldBeEmpty();

    [TestCase("SagaOrchestrator.Participants")]
    [TestCase("SagaOrchestrator.Testing")]
    [TestCase("SagaOrchestrator.Plans")]
    [TestCase("SagaOrchestrator")]
    public void Should_need_no_web_host(string package) =>
        Assembly
            .Load(package)
            .GetReferencedAssemblies()
            .ShouldAllBe(reference => !reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
