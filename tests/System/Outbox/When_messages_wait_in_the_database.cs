using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>They cannot be handled yet, so they wait in the store, and go to their queue when they are due.</summary>
[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
[Property("Rule", "S32")]
public sealed class When_messages_wait_in_the_database(Kind kind)
{
    private Committers committers = null!;

    private IOutboxStore Store => committers.Store;

    [SetUp]
    public async Task Create() => committers = await Committers.Of(kind);

    [TearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    public async Task Should_keep_each_once_however_many_copies_come()
    {
        var message = Message();
        await Store.KeepWaiting(message, "orphan", TimeSpan.Zero, default);
        await Store.KeepWaiting(
            message with
            {
                Headers = new Dictionary<string, string> { ["requeues"] = "7" },
            },
            "orphan",
            TimeSpan.Zero,
            default
        );

        var due = (await Store.ClaimWaiting(10, default)).ShouldHaveSingleItem().Message;

        due.MessageId.ShouldBe(message.MessageId);
        due.Destination.ShouldBe("somewhere");
        due.ContentType.ShouldBe("application/json");
        due.Body.ToArray().ShouldBe(message.Body.ToArray());
    }

    [Test]
    public async Task Should_not_give_them_out_before_their_time()
    {
        await Store.KeepWaiting(Message(), "orphan", TimeSpan.FromMinutes(1), default);
        (await Store.ClaimWaiting(10, default)).ShouldBeEmpty();
        (await Store.Backlog(default)).ShouldBe(new OutboxBacklog(0, TimeSpan.Zero, Waiting: 1));
    }

    [Test]
    public async Task Should_give_each_to_one_of_two_sweepers()
    {
        for (var count = 0; count < 50; count++)
        {
            await Store.KeepWaiting(Message(), "orphan", TimeSpan.Zero, default);
        }

        var claimed = await Task.WhenAll(Store.ClaimWaiting(50, default), Store.ClaimWaiting(50, default));

        claimed.SelectMany(all => all).Select(due => due.Message.MessageId).ShouldBeUnique();
    }

    [Test]
    public async Task Should_not_forget_one_that_came_back_before_its_sender_forgets_it()
    {
        // Its copy went to the queue and to a node that cannot handle it either, which relies on the row; only then does the sender delete
        // it.
        await Store.KeepWaiting(Message(), "orphan", TimeSpan.Zero, default);
        var sent = (await Store.ClaimWaiting(10, default)).Single();
        await Store.KeepWaiting(sent.Message, "orphan", TimeSpan.Zero, default);

        await Store.Delete(sent, default);

        var again = (await Store.ClaimWaiting(10, default)).ShouldHaveSingleItem();
        again.Message.MessageId.ShouldBe(sent.Message.MessageId);
        await Store.Delete(again, default);
        (await Store.Backlog(default)).Waiting.ShouldBe(0);
    }

    [Test]
    public async Task Should_send_what_is_due_and_keep_what_could_not_be_sent()
    {
        var (due, refused, later) = (Message(), Message(), Message());
        await Store.KeepWaiting(due, "orphan", TimeSpan.Zero, default);
        await Store.KeepWaiting(refused, "orphan", TimeSpan.Zero, default);
        await Store.KeepWaiting(later, "orphan", TimeSpan.FromMinutes(1), default);
        var dispatcher = new RecordingDispatcher { Refuse = refused.MessageId };
        using var sweeper = new OutboxSweeper(
            new ServiceOutbox("test", committers.Committer, Store, dispatcher, NullLogger.Instance),
            TimeSpan.FromMilliseconds(20)
        );

        await sweeper.StartAsync(default);

        await Eventually.True(async () => (await Store.Backlog(default)).Waiting == 2, "the one that is due is sent and forgotten");
        await sweeper.StopAsync(default);
        dispatcher.Sent.Select(message => message.MessageId).ShouldBe([due.MessageId]);
        dispatcher.Attempts(refused.MessageId).ShouldBe(1);
    }

    private static OutgoingMessage Message() => Committers.Unit(null, Guid.NewGuid()).Messages.Single();
}
