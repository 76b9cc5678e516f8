using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Waiting;

public sealed record ForAnother(int Number);

/// <summary>Each round of a flood's copies would stand before every new message, so most of them wait in the database at once.</summary>
[Property("Rule", "S40")]
public sealed class When_many_messages_are_for_another_node : IMessageDispatcher
{
    private const string Queue = "work";
    private const int Prefetch = 16;
    private const int Share = 2;

    private readonly ConcurrentQueue<OutgoingMessage> sent = new();
    private TaskCompletionSource confirming = null!;
    private MemoryCommitter store = null!;
    private IHost host = null!;

    [SetUp]
    public async Task Start()
    {
        sent.Clear();
        confirming = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store = new MemoryCommitter();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddInMemoryBus();
        builder.Services.AddSingleton(
            new ServiceEndpoint(
                Queue,
                new ServiceOutbox(Queue, store, store, this, NullLogger.Instance),
                Prefetch,
                endpoint => endpoint.Handler<ForAnother>(_ => throw new NotOnThisNodeException("Another node knows how."))
            )
        );
        host = builder.Build();
        await host.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        confirming.TrySetResult();
        await host.StopAsync();
        host.Dispose();
        store.Dispose();
    }

    Task IMessageDispatcher.Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        sent.Enqueue(message);
        return confirming.Task;
    }

    [Test]
    public async Task Should_send_a_few_round_and_keep_the_others()
    {
        await Deliver(Prefetch);

        await Eventually.True(async () => await Waiting() + sent.Count == Prefetch, "each is sent round or kept");
        sent.Count.ShouldBe(Share);
        sent.ShouldAllBe(copy => copy.Headers[SagaHeaders.Requeues] == "1");
    }

    [Test]
    public async Task Should_not_send_one_round_that_was_kept()
    {
        await Deliver(Share + 1);
        await Eventually.True(async () => await Waiting() == 1 && sent.Count == Share, "one is kept");

        IReadOnlyList<WaitingMessage> kept = [];
        await Eventually.True(async () => (kept = await store.ClaimWaiting(1, CancellationToken.None)).Count == 1, "its wait is over");

        kept[0].Message.Headers[SagaHeaders.Requeues].ShouldBe("4");
    }

    [Test]
    public async Task Should_send_others_round_when_those_before_are_confirmed()
    {
        confirming.SetResult();

        for (var number = 0; number < Prefetch; number++)
        {
            await Deliver(1);
            var so = number + 1;
            await Eventually.True(() => Task.FromResult(sent.Count == so), "it is sent round");
        }

        (await Waiting()).ShouldBe(0);
    }

    private async Task Deliver(int count)
    {
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:" + Queue));
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => endpoint.Send(new ForAnother(number))));
    }

    private async Task<long> Waiting() => (await store.Backlog(CancellationToken.None)).Waiting;
}
