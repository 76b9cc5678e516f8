using System.Net;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Contracts;

public sealed class When_the_contract_is_asked_for
{
    [TestCase("asyncapi", "application/vnd.aai.asyncapi+json", "3.0.0")]
    [TestCase("jsonschema", "application/schema+json", "https://json-schema.org/draft/2020-12/schema")]
    [TestCase("examples", "application/json", "command.order-fulfillment.v1.process_payment.do")]
    [TestCase("pact", "application/json", "pactSpecification")]
    [TestCase("rules", "text/markdown", "# Rules of a participant")]
    public async Task Should_be_given_each_format(string format, string mediaType, string text)
    {
        var api = (await SharedSystem.Get()).Api;
        using var answer = await api.GetAsync($"/api/v1/contract/{format}");
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, mediaType));
        (await answer.Content.ReadAsStringAsync()).ShouldContain(text);
    }

    [Test]
    public async Task Should_be_told_which_formats_there_are()
    {
        var api = (await SharedSystem.Get()).Api;
        var formats = JsonNode.Parse(await api.GetStringAsync("/api/v1/contract"))!["formats"]!.AsArray();
        formats
            .Select(format => (string)format!["links"]!["self"]!)
            .ShouldBe([
                "/api/v1/contract/asyncapi",
                "/api/v1/contract/jsonschema",
                "/api/v1/contract/examples",
                "/api/v1/contract/pact",
                "/api/v1/contract/rules",
            ]);
    }

    [Test]
    public async Task Should_be_told_which_formats_there_are_when_there_is_none_of_that_name()
    {
        var api = (await SharedSystem.Get()).Api;
        using var answer = await api.GetAsync("/api/v1/contract/wsdl");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]!).ShouldBe(
            "The contract has no such format. Ask for one of: asyncapi, jsonschema, examples, pact, rules."
        );
    }

    // Whoever asks is traced, and the examples are the same.
    [Test]
    public async Task Should_be_given_the_same_examples_with_a_trace()
    {
        var api = (await SharedSystem.Get()).Api;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/contract/examples");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var answer = await api.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("0af7651916cd43dd8448eb211c80319c");
    }
}
