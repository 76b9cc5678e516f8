using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>
/// The broker delivers the command again while its first delivery is still being handled by code that does not heed its token.
/// </summary>
public sealed class When_a_connection_is_lost_in_the_middle_of_a_step
{
    [Test]
    [Property("Rule", "S25")]
    public async Task Should_have_its_effect_and_its_answer_once()
    {
        await using var system = await RunningSystem.Start(add: services => services.AddPlan<SlowPlan>());
        await system.Sandbox.Execute(
            "create table notifications.built (saga_id uuid not null); grant all on notifications.built to notifications;"
        );
        await system.Sandbox.Subscribe("to.orchestrator", "copies");
        var step = new SlowStep();
        await using var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(step));
        var id = await system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "slow");
        await step.Entered;

        foreach (
            var connection in await Eventually.Get(
                () => Connections(system),
                found => found.Count > 0,
                "the participant's connections are known"
            )
        )
        {
            (await system.Sandbox.Console.DeleteAsync($"/api/connections/{Uri.EscapeDataString(connection)}")).EnsureSuccessStatusCode();
        }

        await step.EnteredAgain;
        step.GoOn();

        await system.Api.WaitFor(id, "Completed");
        await Eventually.True(() => Task.FromResult(step.Left == 2), "both deliveries are handled");
        (await system.Sandbox.Query<long>($"select count(*) from notifications.built where saga_id = '{id}'")).ShouldBe(1);
        (await system.Api.HistoryTypes(id)).Count(type => type == "step_completed").ShouldBe(1);
        var answers = (await system.Sandbox.Peek("copies")).Where(copy =>
            copy.Payload.Contains(id.ToString()) && copy.Payload.Contains("SagaStepCompleted")
        );
        answers.ShouldHaveSingleItem();
        (await system.Sandbox.Peek("notifications.dead-letter")).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> Connections(RunningSystem system)
    {
        var connections = await system.Sandbox.Console.GetFromJsonAsync<JsonElement>($"/api/vhosts/{system.Sandbox.Name}/connections");
        return
        [
            .. connections
                .EnumerateArray()
                .Where(connection => connection.GetProperty("user").GetString() == "notifications")
                .Select(connection => connection.GetProperty("name").GetString()!),
        ];
    }

    private sealed class SlowPlan() : BuildPlan("slow", step => step.Within(TimeSpan.FromMinutes(5)).Retry(1, TimeSpan.FromSeconds(1)));

    private sealed class SlowStep : Builds
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int calls;
        private int left;

        public Task Entered => entered.Task;

        public Task EnteredAgain => again.Task.WaitAsync(TimeSpan.FromMinutes(4));

        public int Left => left;

        public void GoOn() => goOn.SetResult();

        public override async Task<StepOutcome> Do(CreateShipment command, StepContext context)
        {
            (Interlocked.Increment(ref calls) == 1 ? entered : again).TrySetResult();
            await goOn.Task;
            context.Database.Write("insert into notifications.built (saga_id) values ($1)", context.SagaId);
            Interlocked.Increment(ref left);
            return new StepOutcome.Completed(new ShipmentCreated("s", "t"));
        }
    }
}
