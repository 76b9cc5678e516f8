namespace SagaOrchestrator.Contracts.Tests.AsyncApi;

/// <summary>What the parser of AsyncAPI's makers says of the document.</summary>
public sealed class When_the_AsyncAPI_document_is_parsed
{
    private static readonly NodeTool Parser = new("AsyncApi");

    [OneTimeSetUp]
    public static Task Install() => Parser.Install();

    [Test]
    public async Task Should_find_nothing_wrong() =>
        (await Parser.Check(OrderContract.Write(ContractFormat.AsyncApi))).ShouldBe((0, string.Empty));

    // The parser is the real one, and looks.
    [Test]
    public async Task Should_find_what_is_wrong_with_a_binding()
    {
        var document = OrderContract.Json(ContractFormat.AsyncApi);
        document["channels"]!["queue.payments"]!["bindings"]!["amqp"]!["is"] = "both";
        var (status, output) = await Parser.Check(document.ToJsonString());
        status.ShouldBe(1);
        output.ShouldContain("channels.queue.payments.bindings.amqp.is");
    }

    [Test]
    public async Task Should_find_a_reference_to_nothing()
    {
        var document = OrderContract.Json(ContractFormat.AsyncApi);
        document["operations"]!["send.payments"]!["channel"]!["$ref"] = "#/channels/exchange.nobody";
        var (status, output) = await Parser.Check(document.ToJsonString());
        status.ShouldBe(1);
        output.ShouldContain("exchange.nobody");
    }
}
