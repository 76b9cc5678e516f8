using SagaOrchestrator.Documents;

namespace SagaOrchestrator.DocumentTests;

/// <summary>The example of docs/plan-documents.md is a plan, and its scenario passes.</summary>
public sealed class When_the_guide_is_read
{
    [Test]
    public void Should_find_an_example_that_passes()
    {
        var guide = File.ReadAllText(Path.Combine(Written.Root(), "docs/plan-documents.md"));
        var yaml = guide.Split("```yaml\n")[1].Split("```")[0];
        var document = PlanDocument.Read(yaml);
        document.Findings.ShouldBeEmpty();
        document.Test().ShouldHaveSingleItem().Failures.ShouldBeEmpty();
    }
}
