using System.Text.Json.Nodes;
using Npgsql;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>What it has begun it ends. What waits for its surroundings is another node's from then on.</summary>
public sealed class When_a_participant_is_asked_to_end
{
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start() => system = await RunningSystem.Start(add: services => services.AddPlan<QuickPlan>());

    [TearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_give_back_what_waits_to_be_tried_again()
    {
        var away = new DatabaseAway();
        int before;
        await using (await TestParticipant.Replace(system, endpoint => endpoint.Add(away)))
        {
            await system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "quick");
            await Eventually.True(() => Task.FromResult(away.Attempts >= 3), "it is tried again");
            before = away.Attempts;
        }

        // Without it, attempts go on for as long as a bus may take to stop.
        (away.Attempts - before).ShouldBeLessThanOrEqualTo(1);
        (await system.Sandbox.Peek(OrderQueues.Notifications)).ShouldHaveSingleItem();
        (await system.Sandbox.Peek(Queues.DeadLetterOf(OrderQueues.Notifications))).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_stay_the_consumer_of_its_queue_until_what_it_has_begun_has_ended()
    {
        var taking = new TakesItsTime();
        var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(taking));
        await system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "quick");
        await taking.Begun;
        var ending = participant.DisposeAsync().AsTask();
        await participant.AskedToEnd;

        await system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "quick");
        await Eventually.True(
            async () => await system.Sandbox.Count(OrderQueues.Notifications, "messages_unacknowledged") == 2,
            "the second is delivered too"
        );

        taking.LetGo();
        await ending;
        (await system.Sandbox.Peek(OrderQueues.Notifications)).ShouldHaveSingleItem();
    }

    private sealed class TakesItsTime : Builds
    {
        private readonly TaskCompletionSource begun = new();
        private readonly TaskCompletionSource end = new();

        public Task Begun => begun.Task;

        public void LetGo() => end.SetResult();

        public override async Task<StepOutcome> Do(CreateShipment command, StepContext context)
        {
            begun.TrySetResult();
            await end.Task;
            return await base.Do(command, context);
        }
    }

    private sealed class DatabaseAway : Builds
    {
        private int attempts;

        public int Attempts => Volatile.Read(ref attempts);

        public override Task<StepOutcome> Do(CreateShipment command, StepContext context)
        {
            Interlocked.Increment(ref attempts);
            throw new NpgsqlException("The database is away.");
        }
    }

    private sealed class QuickPlan() : BuildPlan("quick", step => step.Within(TimeSpan.FromMinutes(5)).Retry(1, TimeSpan.FromSeconds(1)));
}
