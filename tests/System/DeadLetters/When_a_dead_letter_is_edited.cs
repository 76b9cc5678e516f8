using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>An operator sends another body in its place.</summary>
public sealed class When_a_dead_letter_is_edited
{
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_go_out_under_an_id_of_its_own_and_keep_the_original()
    {
        var saga = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(saga, "await_approval", "Signal");
        var signal = new JsonObject
        {
            ["sagaId"] = saga.ToString(),
            ["name"] = "approval",
            ["signalId"] = "seven",
            ["data"] = new JsonObject { ["by"] = "Ann" },
        };
        var messageId = Guid.NewGuid();
        var original = Envelope.Of("SagaOrchestrator.Messages:SagaSignal", signal, messageId);
        await system.Sandbox.Publish("orchestrator", original);
        var letter = (await system.Api.WaitForLetters(1))[0];
        letter.Text("path").ShouldBe("signalId");

        // Still wrong, so that what was sent is a dead letter again.
        signal["signalId"] = "eight";
        (
            await system.Api.ActOn(letter.Id(), "redrive", Envelope.Of("SagaOrchestrator.Messages:SagaSignal", signal, messageId))
        ).Status.ShouldBe(200);
        var second = (await system.Api.WaitForLetters(1))[0];
        second.Text("messageId").ShouldNotBe(messageId.ToString());
        (await system.Api.Letter(second.Id())).GetProperty("headers").Text("dead-letter-edited-by").ShouldBe("ann");
        (await system.Api.Letter(letter.Id())).Text("editedMessageId").ShouldBe(second.Text("messageId"));
        (await Body(letter.Id(), string.Empty)).ShouldBe(original);
        (await Body(letter.Id(), "?edited=true")).ShouldContain("eight");

        signal["signalId"] = Guid.NewGuid().ToString();
        (await system.Api.ActOn(second.Id(), "redrive", Envelope.Of("SagaOrchestrator.Messages:SagaSignal", signal))).Status.ShouldBe(200);
        await system.Api.WaitFor(saga, "Completed");
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }

    [TestCase("not JSON", "body")]
    [TestCase("""{ "message": {} }""", "body.messageType")]
    [TestCase("""{ "messageType": ["urn:message:A:B"], "message": 7 }""", "body.message")]
    public async Task Should_be_refused_when_it_is_no_envelope(string body, string path)
    {
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        var (status, problem) = await system.Api.ActOn(id, "redrive", body);
        status.ShouldBe(400);
        problem.GetProperty("errors").TryGetProperty(path, out _).ShouldBeTrue(problem.ToString());
        (await system.Api.Outcomes(id)).ShouldBe(["refused"]);
        (await system.Sandbox.Peek("inventory.dead-letter")).Count.ShouldBe(1);
    }

    private Task<string> Body(Guid id, string query) => system.Api.GetStringAsync($"{DeadLetterClient.Path}/{id}/body{query}");
}
