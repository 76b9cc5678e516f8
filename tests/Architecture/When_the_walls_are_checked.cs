using System.Reflection;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Architecture.Tests;

public sealed partial class When_the_walls_are_checked
{
    [TestCase("SagaOrchestrator.Decisions")]
    [TestCase("SagaOrchestrator.Messages")]
    public void Should_find_that_the_core_and_the_wire_reference_only_the_framework(string assembly)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!).ToArray();
        references.ShouldNotBeEmpty();
        references.ShouldAllBe(name => name.StartsWith("System", StringComparison.Ordinal));
    }

    [Test]
    public void Should_find_that_participants_do_not_know_the_orchestrator()
    {
        var references = Assembly
            .Load("SagaOrchestrator.Participants.Services")
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .ToArray();
        references.ShouldContain("SagaOrchestrator.Participants");
        references.ShouldNotContain("SagaOrchestrator.Host");
        references.ShouldNotContain("SagaOrchestrator.Decisions");
    }

    [Test]
    public void Should_find_that_participants_do_not_know_one_another()
    {
        var services = new[] { "Inventory", "Payments", "Shipping", "Notifications" };
        var types = Assembly.Load("SagaOrchestrator.Participants.Services").GetTypes();
        foreach (var service in services)
        {
            var folder = Path.Combine(Clone.Root, "src/Participants/Services", service);
            types.ShouldContain(type => type.Namespace == $"SagaOrchestrator.Participants.Services.{service}");
            foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                var text = File.ReadAllText(file);
                services
                    .Where(other => other != service)
                    .ShouldAllBe(other => !text.Contains($"Services.{other}", StringComparison.Ordinal), file);
            }
        }
    }

    [Test]
    public void Should_find_no_clock_randomness_or_waiting_in_the_core()
    {
        var files = Directory
            .GetFiles(Path.Combine(Clone.Root, "src/Orchestrator/Decisions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .ToArray();
        files.Length.ShouldBeGreaterThan(10);
        files.ShouldAllBe(file => !Impure().IsMatch(File.ReadAllText(file)));
    }

    [Test]
    public void Should_find_no_sleeps_and_no_shelved_tests()
    {
        var files = Directory
            .GetFiles(Path.Combine(Clone.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.EndsWith("When_the_walls_are_checked.cs", StringComparison.Ordinal)
            )
            .ToArray();
        files.Length.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            Shelved().IsMatch(File.ReadAllText(file)).ShouldBeFalse(file);
        }
    }

    [GeneratedRegex(
        @"DateTime(Offset)?\.(Utc)?Now|Guid\.NewGuid|Random|Task|async |Stopwatch|ILogger",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Impure();

    [GeneratedRegex(
        @"Thread\.Sleep|Task\.Delay|\[Ignore|\[Explicit|Assert\.Pass|Assert\.Inconclusive",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shelved();
}
