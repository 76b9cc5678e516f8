using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

[Property("Rule", "S28")]
public sealed class When_messages_are_published
{
    private Sandbox sandbox = null!;
    private CutLine line = null!;
    private RabbitMqPublisher publisher = null!;

    [SetUp]
    public async Task Start()
    {
        sandbox = await Sandbox.Create();
        line = CutLine.To(TestServers.RabbitMqPort);
        publisher = new RabbitMqPublisher(
            new BusConnection
            {
                Port = line.Port,
                VirtualHost = sandbox.Name,
                Username = "inventory",
                Password = "inventory-dev",
            },
            "inventory",
            NullLogger.Instance
        );
    }

    [TearDown]
    public async Task Stop()
    {
        await publisher.DisposeAsync();
        await line.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    [Test]
    public async Task Should_be_in_their_queue_when_they_are_confirmed()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Send("orchestrator")));
        await HasMessages("orchestrator", 500);
        var message = (await sandbox.Peek("orchestrator"))[0];
        (message.Payload, message.Headers["saga-step"], message.Headers["note"]).ShouldBe(("{\"message\":{}}", "reserve", Committers.Note));
    }

    [Test]
    public async Task Should_fail_alone_when_their_exchange_may_not_be_used()
    {
        var others = Enumerable.Range(0, 50).Select(_ => Send("orchestrator")).ToList();
        var refused = Send("payments");
        others.AddRange(Enumerable.Range(0, 50).Select(_ => Send("orchestrator")));
        (await Should.ThrowAsync<ExchangeUnavailableException>(() => refused)).Message.ShouldContain("to.payments");
        await Task.WhenAll(others);
        await HasMessages("orchestrator", 100);
    }

    [Test]
    public async Task Should_fail_alone_when_it_is_too_large()
    {
        var others = Enumerable.Range(0, 50).Select(_ => Send("orchestrator")).ToList();
        // More than this broker takes: it would close the channel.
        var tooLarge = Send("orchestrator", new byte[130 * 1024 * 1024]);
        others.AddRange(Enumerable.Range(0, 50).Select(_ => Send("orchestrator")));
        (await Should.ThrowAsync<MessageTooLargeException>(() => tooLarge)).Message.ShouldContain("RabbitMq:LargestMessage");
        await Task.WhenAll(others);
        await HasMessages("orchestrator", 100);
    }

    [Test]
    public async Task Should_fail_when_the_line_is_cut_before_their_confirm_and_go_on_with_the_next()
    {
        await Send("orchestrator");
        line.SwallowAnswers();
        var unconfirmed = Enumerable.Range(0, 20).Select(_ => Send("orchestrator")).ToArray();
        await HasMessages("orchestrator", 21);
        unconfirmed.ShouldAllBe(task => !task.IsCompletedSuccessfully);
        line.Cut();
        foreach (var task in unconfirmed)
        {
            await Should.ThrowAsync<BrokerUnavailableException>(() => task);
        }

        line.Mend();
        await Eventually.True(
            async () =>
            {
                try
                {
                    await Send("orchestrator");
                    return true;
                }
                catch (BrokerUnavailableException)
                {
                    return false;
                }
            },
            "a message is confirmed on a new connection"
        );
    }

    [Test]
    public async Task Should_fail_when_their_confirm_is_overdue()
    {
        await Send("orchestrator");
        line.SwallowAnswers();
        (await Should.ThrowAsync<BrokerUnavailableException>(() => Send("orchestrator"))).Message.ShouldContain("within 5 seconds");
    }

    [Test]
    public async Task Should_be_confirmed_before_the_publisher_ends()
    {
        await Send("orchestrator");
        var last = Enumerable.Range(0, 200).Select(_ => Send("orchestrator")).ToArray();
        await publisher.DisposeAsync();
        await Task.WhenAll(last);
        await HasMessages("orchestrator", 201);
    }

    private Task Send(string queue, byte[]? body = null) =>
        publisher.Send(
            new OutgoingMessage(
                Guid.NewGuid(),
                Queues.ExchangeOf(queue),
                "application/vnd.masstransit+json",
                new Dictionary<string, string> { ["saga-step"] = "reserve", ["note"] = Committers.Note },
                body ?? "{\"message\":{}}"u8.ToArray()
            ),
            CancellationToken.None
        );

    private Task<long> HasMessages(string queue, int count) =>
        Eventually.Get(() => sandbox.Count(queue), messages => messages == count, $"{count} messages in {queue}");
}
