using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Waiting;

/// <summary>Messages that waited were sent again, hundreds together. Each row goes, unless its message was kept again meanwhile.</summary>
[Property("Rule", "S40")]
public sealed class When_many_messages_are_deleted_at_once
{
    private const int Many = 600;
    private Committers committers = null!;

    private IOutboxStore Store => committers.Store;

    [SetUp]
    public async Task Create() => committers = await Committers.Of(Kind.Postgres);

    [TearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    public async Task Should_leave_the_one_that_was_kept_again()
    {
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Keep(Committers.Unit(null, Guid.NewGuid()).Messages.Single())));
        var sent = await Store.ClaimWaiting(Many, default);
        sent.Count.ShouldBe(Many);
        await Keep(sent[Many / 2].Message);

        await Task.WhenAll(sent.Select(due => Store.Delete(due, default)));

        var left = (await Store.ClaimWaiting(Many, default)).ShouldHaveSingleItem();
        left.Message.MessageId.ShouldBe(sent[Many / 2].Message.MessageId);
        left.Version.ShouldNotBe(sent[Many / 2].Version);
    }

    [Test]
    public async Task Should_not_stand_in_the_way_of_those_that_are_kept_again()
    {
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Keep(Committers.Unit(null, Guid.NewGuid()).Messages.Single())));
        for (var round = 0; round < 20; round++)
        {
            var sent = await Store.ClaimWaiting(Many, default);

            await Task.WhenAll([.. sent.Select(due => Store.Delete(due, default)), .. sent.Reverse().Select(due => Keep(due.Message))]);

            (await Store.Backlog(default)).Waiting.ShouldBe(Many);
        }
    }

    private Task Keep(OutgoingMessage message) => Store.KeepWaiting(message, "orphan", TimeSpan.Zero, default);
}
