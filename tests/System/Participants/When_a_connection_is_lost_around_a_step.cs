using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.RabbitMqTransport;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>
/// Not in a step's code, but in what comes before and after it: reading the message, dead-lettering it, acknowledging it (ADR 25).
/// </summary>
public sealed class When_a_connection_is_lost_around_a_step
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
    public async Task Should_be_served_again_while_a_delivery_hangs()
    {
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new Held(_ => hanging.Task);
        await using var participant = await TestParticipant.Replace(
            system,
            endpoint => endpoint.Add(new Builds()),
            endpoint => Inside(endpoint, held),
            line.Port
        );
        await StartSaga();
        await held.Entered;

        line.Cut();

        await system.Api.WaitFor(await StartSaga(), "Completed");
        hanging.SetResult();
    }

    [Test]
    public async Task Should_be_served_again_while_an_acknowledgement_hangs()
    {
        var acks = new StuckAcks();
        await using var participant = await TestParticipant.Replace(
            system,
            endpoint => endpoint.Add(new Builds()),
            endpoint => ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureChannel(pipe => pipe.UseFilter(acks)),
            line.Port
        );
        await StartSaga();
        await acks.Entered;

        line.Cut();

        await system.Api.WaitFor(await StartSaga(), "Completed");
        acks.GoOn();
    }

    /// <summary>
    /// The client does not tell the bus that its connection is gone: it waits for somebody whom it tells first. MassTransit looks for
    /// itself.
    /// </summary>
    [Test]
    public async Task Should_be_served_again_while_the_end_of_the_channel_is_being_told()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new Held(delivery =>
        {
            delivery.GetPayload<ChannelContext>().Channel.ChannelShutdownAsync += (_, _) => goOn.Task;
            return Task.CompletedTask;
        });
        await using var participant = await TestParticipant.Replace(
            system,
            endpoint => endpoint.Add(new Builds()),
            endpoint => Inside(endpoint, held),
            line.Port
        );
        await system.Api.WaitFor(await StartSaga(), "Completed");

        line.Cut();

        await system.Api.WaitFor(await StartSaga(), "Completed");
        goOn.SetResult();
    }

    /// <summary>
    /// The bus does not end with its connection. A process that served nothing for good would be worse than one that ends.
    /// </summary>
    [Test]
    public async Task Should_end_the_process_when_the_bus_does_not_leave_the_connection()
    {
        var stays = new StaysOnChannel();
        await using var participant = await TestParticipant.Replace(
            system,
            endpoint => endpoint.Add(new Builds()),
            endpoint => ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureChannel(pipe => pipe.UseFilter(stays)),
            line.Port
        );
        await system.Api.WaitFor(await StartSaga(), "Completed");
        try
        {
            line.Cut();
            await StartSaga();

            await participant.AskedToEnd;
            Environment.ExitCode.ShouldBe(1);
        }
        finally
        {
            // It is this process's.
            Environment.ExitCode = 0;
            stays.Leave();
        }
    }

    [Test]
    public async Task Should_put_nothing_back_whose_delivery_is_lost()
    {
        await system.Sandbox.Subscribe(Queues.ExchangeOf(OrderQueues.Notifications), "copies");
        var refused = new NotHere();
        await using var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(refused), port: line.Port);
        var saga = await StartSaga();
        await refused.Entered;

        line.Cut();

        // The broker delivers it again, and that is handled.
        await system.Api.WaitFor(saga, "Completed");
        (await system.Sandbox.Peek("copies")).Where(copy => copy.Payload.Contains(saga.ToString())).ShouldHaveSingleItem();
        (await system.Sandbox.Peek("notifications.dead-letter")).ShouldBeEmpty();
    }

    private static void Inside(IReceiveEndpointConfigurator endpoint, IFilter<ReceiveContext> filter) =>
        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(pipe => pipe.UseFilter(filter));

    private Task<Guid> StartSaga() => system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "quick");

    /// <summary>Handles the first delivery and then does not let it end.</summary>
    private sealed class Held(Func<ReceiveContext, Task> afterwards) : IFilter<ReceiveContext>
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int deliveries;

        public Task Entered => entered.Task.WaitAsync(TimeSpan.FromMinutes(4));

        public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
        {
            await next.Send(context);
            if (Interlocked.Increment(ref deliveries) == 1)
            {
                entered.SetResult();
                await afterwards(context);
            }
        }

        public void Probe(ProbeContext context) { }
    }

    /// <summary>Does not leave a channel that is gone.</summary>
    private sealed class StaysOnChannel : IFilter<ChannelContext>
    {
        private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Leave() => left.SetResult();

        public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
        {
            try
            {
                await next.Send(context);
            }
            finally
            {
                await left.Task;
            }
        }

        public void Probe(ProbeContext context) { }
    }

    /// <summary>Does not let the first acknowledgement end.</summary>
    private sealed class StuckAcks : IFilter<ChannelContext>
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => entered.Task.WaitAsync(TimeSpan.FromMinutes(4));

        public void GoOn() => goOn.SetResult();

        public Task Send(ChannelContext context, IPipe<ChannelContext> next) => next.Send(new Channel(context, this));

        public void Probe(ProbeContext context) { }

        private sealed class Channel : SharedChannelContext, ChannelContext
        {
            private readonly ChannelContext channel;
            private readonly StuckAcks acks;

            public Channel(ChannelContext channel, StuckAcks acks)
                : base(channel, channel.CancellationToken) => (this.channel, this.acks) = (channel, acks);

            async ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken)
            {
                if (acks.entered.TrySetResult())
                {
                    await acks.goOn.Task;
                }

                await channel.BasicAck(deliveryTag, multiple, cancellationToken);
            }
        }
    }

    /// <summary>Finds when the first delivery is lost that it is for another node.</summary>
    private sealed class NotHere : Builds
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int deliveries;

        public Task Entered => entered.Task.WaitAsync(TimeSpan.FromMinutes(4));

        public override async Task<StepOutcome> Do(CreateShipment command, StepContext context)
        {
            if (Interlocked.Increment(ref deliveries) == 1)
            {
                var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = context.CancellationToken.Register(lost.SetResult);
                entered.SetResult();
                await lost.Task;
                throw new NotOnThisNodeException("Only a newer build knows this.");
            }

            return await base.Do(command, context);
        }
    }

    private sealed class QuickPlan() : BuildPlan("quick", step => step.Within(TimeSpan.FromMinutes(5)).Retry(1, TimeSpan.FromSeconds(1)));
}
