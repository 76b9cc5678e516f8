using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>A participant that accepts a step now and answers later, on the real servers.</summary>
public sealed class When_work_takes_long
{
    private RunningSystem system = null!;
    private TestParticipant participant = null!;
    private DeferredReplies replies = null!;
    private BuildStep step = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start(add: services => services.AddPlan<SlowPlan>());
        step = new BuildStep();
        // The queue of notifications, which no other saga of this test uses.
        participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(step));
        replies = participant.Endpoint.DeferredReplies();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await participant.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public async Task Should_live_on_heartbeats_past_its_timeout_and_complete_with_the_answer()
    {
        var (id, command) = await Begun();
        var beats = 0;
        await Eventually.True(
            async () =>
            {
                if ((await system.Api.HistoryTypes(id)).Count(type => type == "step_progressed") == beats)
                {
                    beats++;
                    await replies.Heartbeat(command, $"{beats} of 8", default);
                }

                return beats == 8;
            },
            "eight heartbeats"
        );
        (
            await replies.Answer(
                command,
                _ => Task.FromResult<StepOutcome>(new StepOutcome.Completed(new ShipmentCreated("s", "t"))),
                default
            )
        ).ShouldBeTrue();
        var saga = await system.Api.WaitFor(id, "Completed");
        saga.Step("build").GetProperty("note").GetString().ShouldBe("8 of 8");
        (await system.Api.History(id))
            .Where(entry => entry.GetProperty("type").GetString() == "step_progressed")
            .Select(entry => entry.GetProperty("reason").GetString())
            .ShouldBe(Enumerable.Range(1, 8).Select(beat => $"{beat} of 8"));
        saga.Step("build").GetProperty("result").GetProperty("shipmentId").GetString().ShouldBe("s");
        (await replies.Answer(command, _ => throw new InvalidOperationException("It was answered."), default)).ShouldBeFalse();
    }

    [Test]
    [Property("Rule", "S8")]
    public async Task Should_drop_the_work_when_it_was_compensated_in_the_meantime()
    {
        var (id, command) = await Begun();
        await system.Api.Operate(id, "cancel", new { by = "test", reason = "Not needed any more." });
        await system.Api.WaitFor(id, "Failed");
        step.Stopped.ShouldContain(id);
        (await replies.Answer(command, _ => throw new InvalidOperationException("It was compensated."), default)).ShouldBeFalse();
    }

    private async Task<(Guid Id, CommandContext Command)> Begun()
    {
        var id = await system.Api.StartSaga(new System.Text.Json.Nodes.JsonObject { ["key"] = Guid.NewGuid().ToString() }, "slow");
        var command = await Eventually.Get(
            () => Task.FromResult(step.Accepted.GetValueOrDefault(id)),
            found => found is not null,
            "the participant has accepted the step"
        );
        return (id, command!);
    }

    private sealed class SlowPlan() : BuildPlan("slow", step => step.Within(TimeSpan.FromSeconds(2)).CompensateWhenUnknown());

    private sealed class BuildStep : StepHandler<CreateShipment, CancelShipment>
    {
        public System.Collections.Concurrent.ConcurrentDictionary<Guid, CommandContext> Accepted { get; } = new();

        public System.Collections.Concurrent.ConcurrentBag<Guid> Stopped { get; } = [];

        public override Task<StepOutcome> Do(CreateShipment command, StepContext context)
        {
            Accepted[context.SagaId] = context.Command;
            return Task.FromResult<StepOutcome>(new StepOutcome.Deferred());
        }

        public override Task<UndoOutcome> Undo(CancelShipment command, StepContext context)
        {
            Stopped.Add(context.SagaId);
            return Task.FromResult<UndoOutcome>(new UndoOutcome.Completed());
        }
    }
}
