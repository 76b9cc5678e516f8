using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Breakers;

public sealed class When_an_operator_stops_sending
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start(BreakerClient.Quick);

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S38")]
    public async Task Should_send_nothing_until_it_goes_on()
    {
        var (status, payments) = await system.Api.Set(
            "participants/payments",
            new
            {
                state = "open",
                by = "alice",
                reason = "Maintenance.",
            }
        );
        status.ShouldBe(200);
        (payments.GetProperty("state").GetString(), payments.GetProperty("setBy").GetString()).ShouldBe(("Open", "alice"));
        payments.GetProperty("reason").GetString().ShouldBe("Stopped by alice: Maintenance.");

        var sagas = await system.Api.StartMany(5);
        await system.WaitForOutage(5, "1 second");
        (await system.Count("sending_stopped")).ShouldBe(5);
        (await system.Sandbox.Query<long>("select count(*) from payments.fence")).ShouldBe(0);
        (await system.Api.GetSaga(sagas[0]))
            .Step("process_payment")
            .GetProperty("absence")
            .GetProperty("kind")
            .GetString()
            .ShouldBe("Stopped");

        await system.Api.Operate(
            sagas[0],
            "retry",
            new
            {
                step = "process_payment",
                by = "alice",
                reason = "This one may go.",
            }
        );
        await system.Api.WaitFor(sagas[0], "Completed");
        (await system.Sandbox.Query<long>("select count(*) from payments.fence")).ShouldBe(1);

        await system.Api.Set(
            "participants/payments",
            new
            {
                state = "automatic",
                by = "alice",
                reason = "Done.",
            }
        );
        foreach (var saga in sagas)
        {
            await system.Api.WaitFor(saga, "Completed");
        }

        (
            await system.Sandbox.Query<string[]>(
                "select array_agg(concat_ws(' ', who, kind, subject, verb, why) order by position) from orchestrator.operator_action "
                    + "where kind = 'participant'"
            )
        ).ShouldBe(["alice participant payments breaker-open Maintenance.", "alice participant payments breaker-automatic Done."]);
    }

    [TestCase("participants/payments", """{"state": "ajar", "by": "bob", "reason": "x"}""", 400, "invalid-request")]
    [TestCase("participants/payments", """{"state": "open", "reason": "x"}""", 400, "invalid-request")]
    [TestCase("participants/nobody", """{"state": "open", "by": "bob", "reason": "x"}""", 404, "unknown-participant")]
    [TestCase("saga-types/nothing", """{"state": "open", "by": "bob", "reason": "x"}""", 404, "unknown-saga-type")]
    public async Task Should_refuse_what_it_does_not_know(string what, string body, int status, string type)
    {
        var (answered, problem) = await system.Api.Set(what, System.Text.Json.JsonDocument.Parse(body).RootElement);
        (answered, problem.GetProperty("type").GetString()).ShouldBe((status, "/problems/" + type));
    }
}
