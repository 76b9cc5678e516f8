using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Formats;

/// <summary>Whoever sends, and whatever: each format gets the same answer at the orchestrator's queue.</summary>
[TestFixture(MessageFormat.Envelope)]
[TestFixture(MessageFormat.Json)]
[TestFixture(MessageFormat.CloudEvents)]
[TestFixture(MessageFormat.CloudEventsBinary)]
public sealed class When_a_message_comes_in_each_format(MessageFormat format)
{
    private const string Namespace = "SagaOrchestrator.Messages:";

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start(settings => settings["BusinessOrders:StepTimeout"] = "00:01:00");

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TearDown]
    public Task Empty() => system.Sandbox.Peek("orchestrator.dead-letter", take: true);

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_start_a_saga_once()
    {
        var (order, id) = (Order.Of(), Guid.NewGuid());
        var start = Write("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", order, id);
        await start.Send(system.Sandbox, "client", "orchestrator");
        await start.Send(system.Sandbox, "client", "orchestrator");
        await system.Sandbox.WaitForHandled([id]);
        var key = Uri.EscapeDataString((string)order["orderId"]!);
        var sagas = await Eventually.Get(
            async () => JsonElement.Parse(await system.Api.GetStringAsync($"/api/v1/sagas?key={key}")).GetProperty("items"),
            found => found.GetArrayLength() == 1,
            "the saga is there"
        );
        await system.Api.WaitFor(sagas[0].GetProperty("id").GetGuid(), "Completed");
        (await system.Api.HistoryTypes(sagas[0].GetProperty("id").GetGuid())).Count(type => type == "saga_started").ShouldBe(1);
    }

    [Test]
    public async Task Should_signal_a_saga()
    {
        var saga = await Waiting();
        await Write(Namespace + "SagaSignal", Signal(saga)).Send(system.Sandbox, "client", "orchestrator");
        await system.Api.WaitFor(saga, "Completed");
    }

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_be_forged_from_whoever_was_not_asked()
    {
        var saga = await Waiting();
        var reply = Reply(saga, await system.Sandbox.CommandId(saga, "reserve_inventory"));
        await Write(Namespace + "SagaStepCompleted", reply).Send(system.Sandbox, "payments", "orchestrator");
        var letter = await Letter();
        letter.Headers["dead-letter-reason"].ShouldBe("forged");
        letter.Headers["sent-by"].ShouldBe("payments");
    }

    [Test]
    public async Task Should_be_refused_with_path_expected_and_got_and_be_indexed()
    {
        var (saga, message) = (Guid.NewGuid(), Guid.NewGuid());
        var reply = Reply(saga, Guid.NewGuid());
        reply["attempt"] = 0;
        var written = Write(Namespace + "SagaStepCompleted", reply, message);
        await written.Send(system.Sandbox, "inventory", "orchestrator");
        var letter = await Letter();
        letter.Payload.ShouldBe(System.Text.Encoding.UTF8.GetString(written.Body));
        letter.Headers["dead-letter-reason"].ShouldBe("malformed");
        letter.Headers["dead-letter-path"].ShouldBe("attempt");
        letter.Headers["dead-letter-expected"].ShouldBe("a whole number from 1 to 2147483647");
        letter.Headers["dead-letter-got"].ShouldBe("a whole number out of this range");
        var listed = (await system.Api.WaitForLetters(1, $"sagaId={saga}"))[0];
        (listed.Text("messageType"), listed.Text("messageId")).ShouldBe(("SagaStepCompleted", message.ToString()));
    }

    [Test]
    public async Task Should_be_a_dead_letter_when_nobody_knows_its_type()
    {
        await Write("SomebodyElse:TheirMessage", new JsonObject { ["a"] = 1 }).Send(system.Sandbox, "client", "orchestrator");
        var letter = await Letter();
        letter.Headers["dead-letter-reason"].ShouldBe("unknown-message-type");
        letter.Headers["dead-letter-message"].ShouldContain("SomebodyElse:TheirMessage");
    }

    [Test]
    [Property("Rule", "S40")]
    public async Task Should_wait_for_a_saga_that_is_not_there_and_be_an_orphan_after_that()
    {
        var unknown = Guid.NewGuid();
        await Write(Namespace + "SagaStepCompleted", Reply(unknown, Guid.NewGuid())).Send(system.Sandbox, "inventory", "orchestrator");
        var letter = await Letter();
        letter.Headers["dead-letter-reason"].ShouldBe("orphan");
        letter.Headers["dead-letter-message"].ShouldContain(unknown.ToString());
        letter.Headers["sent-by"].ShouldBe("inventory");
    }

    [Test]
    public async Task Should_be_a_dead_letter_when_its_id_is_another_message_s()
    {
        var saga = await Waiting();
        var id = Guid.NewGuid();
        await Write(Namespace + "SagaSignal", Signal(saga), id).Send(system.Sandbox, "client", "orchestrator");
        await system.Sandbox.WaitForHandled([id]);
        await Write(Namespace + "SagaSignal", Signal(await Waiting()), id).Send(system.Sandbox, "client", "orchestrator");
        (await Letter()).Headers["dead-letter-reason"].ShouldBe("message-id-reused");
    }

    [Test]
    public async Task Should_be_redriven_as_it_was_and_edited_under_another_id()
    {
        var saga = await Waiting();
        var key = Uri.EscapeDataString((await system.Api.GetSaga(saga)).Text("businessKey"));
        var signal = Signal(saga);
        signal["signalId"] = "seven";
        var written = Write(Namespace + "SagaSignal", signal);
        await written.Send(system.Sandbox, "client", "orchestrator");
        var first = (await system.Api.WaitForLetters(1, $"key={key}"))[0];
        first.Text("path").ShouldBe("signalId");

        (await system.Api.ActOn(first.Id(), "redrive")).Status.ShouldBe(200);
        var second = (await system.Api.WaitForLetters(1, $"key={key}"))[0];
        second.Id().ShouldNotBe(first.Id());
        (second.Text("path"), second.Text("messageId")).ShouldBe(("signalId", first.Text("messageId")));

        var body = System
            .Text.Encoding.UTF8.GetString(written.Body)
            .Replace("\"seven\"", $"\"{Guid.NewGuid()}\"", StringComparison.Ordinal);
        var (status, answer) = await system.Api.ActOn(second.Id(), "redrive", body);
        status.ShouldBe(200, answer.ToString());
        await system.Api.WaitFor(saga, "Completed");
        await Eventually.True(async () => (await system.Sandbox.Peek("orchestrator.dead-letter")).Count == 0, "no letter is left");
    }

    private async Task<BrokerMessage> Letter() => (await system.Sandbox.WaitFor("orchestrator.dead-letter")).Single();

    private WrittenMessage Write(string type, JsonObject message, Guid? id = null) => WrittenMessage.Of(format, type, message, id);

    private async Task<Guid> Waiting()
    {
        var saga = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(saga, "await_approval", "Signal");
        return saga;
    }

    private static JsonObject Signal(Guid saga) =>
        new()
        {
            ["sagaId"] = saga.ToString(),
            ["name"] = "approval",
            ["signalId"] = Guid.NewGuid().ToString(),
            ["data"] = new JsonObject { ["by"] = "Ann" },
        };

    private static JsonObject Reply(Guid saga, Guid command) =>
        new()
        {
            ["sagaId"] = saga.ToString(),
            ["step"] = "reserve_inventory",
            ["commandId"] = command.ToString(),
            ["attempt"] = 1,
            ["result"] = new JsonObject { ["reservationId"] = "R-1", ["units"] = 1 },
        };
}
