using System.Text.Json.Nodes;
using Npgsql;
using SagaOrchestrator.Host;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Shipping;
using SagaOrchestrator.Outbox.Units;
using SagaOrchestrator.Participants.Kit.Steps;
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
        (await system.Sandbox.Peek(Queues.Notifications)).ShouldHaveSingleItem();
        (await system.Sandbox.Peek(Queues.DeadLetterOf(Queues.Notifications))).ShouldBeEmpty();
    }

    private sealed class DatabaseAway : Builds
    {
        private int attempts;

        public int Attempts => Volatile.Read(ref attempts);

        public override Task<StepOutcome> Do(CreateShipment command, CommitScope scope, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref attempts);
            throw new NpgsqlException("The database is away.");
        }
    }

    private sealed class QuickPlan() : BuildPlan("quick", step => step.Within(TimeSpan.FromMinutes(5)).Retry(1, TimeSpan.FromSeconds(1)));
}
