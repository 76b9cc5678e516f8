using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

/// <summary>
/// Nothing decided is nothing written: the row is the one that was there before, to the version that Postgres keeps of it.
/// </summary>
public sealed class When_a_message_decides_nothing
{
    private RunningSystem system = null!;
    private Guid id;
    private string row = null!;

    [SetUp]
    public async Task Start()
    {
        system = await SharedSystem.Get();
        id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        row = await Row();
    }

    [TearDown]
    public async Task End()
    {
        await system.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." });
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    public async Task Should_not_write_the_saga_when_it_is_asked_for()
    {
        using var first = await system.Api.GetAsync($"/api/v1/sagas/{id}");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sagas/{id}");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        using var unchanged = await system.Api.SendAsync(again);
        unchanged.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
        await system.Api.History(id);
        (await Row()).ShouldBe(row);
    }

    [Test]
    [Property("Rule", "S9")]
    public async Task Should_not_write_the_saga_for_a_timer_that_it_does_not_wait_for()
    {
        var waitsFor = await system.Sandbox.Query<string>(
            $"select coalesce(wake_for, 'await_approval/do/1/signal') from orchestrator.saga where id = '{id}'"
        );
        var messages = new[]
        {
            await Timer(id, "reserve_inventory/do/1/reply"),
            await Timer(id, waitsFor),
            await Timer(id, "no_such_step/do/1/reply"),
        };

        await system.Sandbox.WaitForHandled(messages);
        (await Row()).ShouldBe(row);
    }

    [Test]
    [Property("Rule", "S9")]
    public async Task Should_drop_a_timer_of_a_saga_that_is_not_there()
    {
        var unknown = Guid.NewGuid();
        var message = await Timer(unknown, "reserve_inventory/do/1/reply");

        await system.Sandbox.WaitForHandled(message);
        (await system.Sandbox.Query<long>($"select count(*) from orchestrator.saga where id = '{unknown}'")).ShouldBe(0);
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldNotContain(letter => letter.Payload.Contains(unknown.ToString()));
    }

    private async Task<Guid> Timer(Guid saga, string timer)
    {
        var message = Guid.NewGuid();
        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages.Orchestrator:SagaTimerDue",
                new JsonObject { ["sagaId"] = saga.ToString(), ["timer"] = timer },
                message
            )
        );
        return message;
    }

    private Task<string> Row() =>
        system.Sandbox.Query<string>($"select xmin || ' ' || history_version from orchestrator.saga where id = '{id}'");
}
