using System.Text.Json.Nodes;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>The broker node that it publishes to is lost, while the one that it consumes from serves it.</summary>
public sealed class When_a_message_for_another_node_cannot_be_requeued
{
    private CutLine line = null!;
    private RunningSystem system = null!;

    [SetUp]
    public async Task Start()
    {
        line = CutLine.To(TestServers.RabbitMqPort);
        system = await RunningSystem.Start(add: services => services.AddPlan<QuickPlan>());
    }

    [TearDown]
    public async Task Stop()
    {
        await system.DisposeAsync();
        await line.DisposeAsync();
    }

    [Test]
    [Property("Rule", "S27")]
    [Property("Rule", "S32")]
    public async Task Should_keep_it_and_try_again()
    {
        var step = new NotHere(line);
        await using var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(step), publisherPort: line.Port);
        line.Refuse();
        var saga = await system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "quick");
        await step.TriedAgain;

        line.Mend();

        await system.Api.WaitFor(saga, "Completed");
        line.Refused.ShouldBeGreaterThan(0);
        (await system.Sandbox.Peek("notifications.dead-letter")).ShouldBeEmpty();
    }

    /// <summary>Knows the message when it has been tried twice, and can be answered.</summary>
    private sealed class NotHere(CutLine line) : Builds
    {
        private readonly TaskCompletionSource triedAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int attempts;

        public Task TriedAgain => triedAgain.Task.WaitAsync(TimeSpan.FromMinutes(4));

        public override Task<StepOutcome> Do(CreateShipment command, StepContext context)
        {
            var attempt = Interlocked.Increment(ref attempts);
            if (attempt == 2)
            {
                triedAgain.TrySetResult();
            }

            // A participant of a test has nobody who sends later what could not be sent.
            return attempt <= 2 || !line.IsInUse
                ? throw new NotOnThisNodeException("Only a newer build knows this.")
                : base.Do(command, context);
        }
    }

    private sealed class QuickPlan() : BuildPlan("quick", step => step.Within(TimeSpan.FromMinutes(5)).Retry(1, TimeSpan.FromSeconds(1)));
}
