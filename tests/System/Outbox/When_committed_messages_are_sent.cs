using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

[Property("Rule", "S28")]
public sealed class When_committed_messages_are_sent
{
    private Committers committers = null!;
    private HeldDispatcher dispatcher = null!;
    private ServiceOutbox outbox = null!;

    [SetUp]
    public async Task Create()
    {
        committers = await Committers.Of(Kind.Postgres);
        dispatcher = new HeldDispatcher();
        outbox = new ServiceOutbox("test", committers.Committer, committers.Store, dispatcher, NullLogger.Instance);
    }

    [TearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    public async Task Should_not_leave_before_the_commit()
    {
        var send = Guid.NewGuid();
        await using var held = await HeldGroup.Begin(committers.Database!, committers.Committer, send);
        dispatcher.Asked.ShouldBeEmpty();
        await held.LetGo();
        await held.First;
        dispatcher.Asked.ShouldBe([send]);
    }

    [Test]
    public async Task Should_keep_them_until_all_are_confirmed()
    {
        var (handled, first, second) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await outbox.Complete(Committers.Unit(handled, first, second), default);
        (await Waiting()).ShouldBe(2);
        dispatcher.Confirm(first);
        (await Waiting()).ShouldBe(2);
        dispatcher.Confirm(second);
        await Eventually.True(async () => await Waiting() == 0, "the outbox is empty");
        (await committers.Committer.IsHandled(handled, default)).ShouldBeTrue("a duplicate is known when the messages are gone, too");
    }

    [Test]
    public async Task Should_keep_only_the_one_that_cannot_be_sent_with_its_reason()
    {
        var (sent, refused) = (Guid.NewGuid(), Guid.NewGuid());
        await outbox.Complete(Committers.Unit(Guid.NewGuid(), sent, refused), default);
        dispatcher.Refuse(refused);
        dispatcher.Confirm(sent);
        await Eventually.True(() => Has("select exists (select from orchestrator.outbox)"), "the message has a row of its own");
        (
            await Has(
                $"select message_id = '{refused}' and last_error = 'no such exchange' and next_attempt_at > now() from orchestrator.outbox"
            )
        ).ShouldBeTrue();
        (await Waiting()).ShouldBe(1);
    }

    [Test]
    public async Task Should_not_come_back_when_somebody_else_has_taken_their_row_apart()
    {
        var message = Committers.Unit(null, Guid.NewGuid()).Messages[0];
        await committers.Store.KeepUnsent(Guid.NewGuid(), [new UnsentMessage(message, "no such exchange")], default);
        (await Waiting()).ShouldBe(0);
    }

    [Test]
    public async Task Should_not_be_those_of_a_unit_that_was_left_out()
    {
        var handled = Guid.NewGuid();
        await committers.Committer.Commit(Committers.Unit(handled), default);
        var (good, leftOut) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var held = await HeldGroup.Begin(committers.Database!, committers.Committer))
        {
            var waiting = new[] { Committers.Unit(handled, leftOut), Committers.Unit(Guid.NewGuid(), good) }
                .Select(unit => committers.Committer.Commit(unit, default))
                .ToArray();
            await held.LetGo();
            (await Task.WhenAll(waiting)).ShouldBe([CommitResult.Duplicate, CommitResult.Committed]);
        }

        dispatcher.Asked.ShouldBe([good]);
        await Committers.LetTimePass(committers.Database!);
        (await committers.Store.ClaimOverdue(10, default)).Select(message => message.MessageId).ShouldBe([good]);
    }

    [Test]
    public async Task Should_survive_to_the_byte_when_they_are_no_json()
    {
        var unit = new UnitOfWork(null);
        unit.Add(
            new OutgoingMessage(
                Guid.NewGuid(),
                "somewhere",
                "application/octet-stream",
                new Dictionary<string, string>(),
                new byte[] { 0, 255, 34, 10 }
            )
        );
        await outbox.Complete(unit, default);
        await Committers.LetTimePass(committers.Database!);
        var swept = (await committers.Store.ClaimOverdue(10, default)).Single();
        (swept.ContentType, Convert.ToHexString(swept.Body.Span)).ShouldBe(("application/octet-stream", "00FF220A"));
    }

    private async Task<long> Waiting() => (await committers.Store.Backlog(default)).Count;

    private Task<bool> Has(string sql) => committers.Database!.Query<bool>(sql);

    /// <summary>Confirms and refuses when it is told to.</summary>
    private sealed class HeldDispatcher : IMessageDispatcher
    {
        private readonly Dictionary<Guid, TaskCompletionSource> asked = [];

        public IReadOnlyCollection<Guid> Asked => asked.Keys;

        public Task Send(OutgoingMessage message, CancellationToken cancellationToken)
        {
            var confirmed = new TaskCompletionSource();
            asked.Add(message.MessageId, confirmed);
            return confirmed.Task;
        }

        public void Confirm(Guid messageId) => asked[messageId].SetResult();

        public void Refuse(Guid messageId) => asked[messageId].SetException(new InvalidOperationException("no such exchange"));
    }
}
