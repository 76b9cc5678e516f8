using SagaOrchestrator.Contracts.Tests.Comparing;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>Other teams build on these documents: what changes in them is a decision.</summary>
public sealed class When_the_contract_is_compared
{
    private const string Approved = "tests/Contracts/Approved/";

    [TestCase("asyncapi")]
    [TestCase("jsonschema")]
    [TestCase("examples")]
    [TestCase("pact")]
    public void Should_find_it_as_approved(string format) =>
        Clone.Approve($"{Approved}{format}.approved.json", OrderContract.Write(ContractFormat.Find(format)!));

    // Approve a change that breaks nobody. One that does needs a message of another name beside the old one.
    [Test]
    public void Should_break_nobody_who_has_built_on_what_was_approved() =>
        SchemaComparison
            .Of(
                File.ReadAllText(Path.Combine(Clone.Root, Approved + "jsonschema.approved.json")),
                OrderContract.Write(ContractFormat.JsonSchema)
            )
            .ShouldBeEmpty();
}
