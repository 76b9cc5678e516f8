using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Breakers;

/// <summary>Longer than all attempts of a step together.</summary>
public sealed class When_a_participant_is_stopped_for_long
{
    private const int Orders = 20;

    [Test]
    [Property("Rule", "S38")]
    public async Task Should_lose_no_order_and_say_what_is_waited_for()
    {
        await using var system = await RunningSystem.Start(BreakerClient.Quick);
        await system.StopParticipant("payments");
        await system.Api.WaitForBreaker("payments", "Open");
        var sagas = await system.Api.StartMany(Orders);
        await system.WaitForOutage(Orders);

        var step = (await system.Api.GetSaga(sagas[0])).Step("process_payment");
        (step.GetProperty("state").GetString(), step.GetProperty("attempts").GetInt32()).ShouldBe(("Executing", 1));
        step.GetProperty("absence").GetProperty("kind").GetString().ShouldBe("Away");
        step.GetProperty("absence").GetProperty("reason").GetString().ShouldBe("Its queue has no consumer.");
        var payments = await system.Api.Participant("payments");
        (payments.GetProperty("consumers").GetInt32(), payments.GetProperty("backlog").GetInt32()).ShouldBe((0, Orders));

        (await system.Count("step_timed_out")).ShouldBe(0);
        (await system.Count("participant_away")).ShouldBe(Orders, "once for each saga");
        await system.StartParticipant("payments");
        foreach (var saga in sagas)
        {
            (await system.Api.WaitFor(saga, "Completed", "Failed")).GetProperty("state").GetString().ShouldBe("Completed");
        }

        await system.Api.WaitForBreaker("payments", "Closed");
        (await system.Sandbox.Query<long>("select count(*) from payments.gateway_charge")).ShouldBe(Orders);
    }
}
