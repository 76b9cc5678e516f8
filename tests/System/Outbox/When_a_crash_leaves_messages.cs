using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

[Property("Rule", "S28")]
public sealed class When_a_crash_leaves_messages
{
    private Committers committers = null!;
    private RecordingDispatcher dispatcher = null!;

    [SetUp]
    public async Task Create()
    {
        committers = await Committers.Of(Kind.Postgres);
        dispatcher = new RecordingDispatcher();
    }

    [TearDown]
    public async Task Drop() => await committers.DisposeAsync();

    [Test]
    public async Task Should_send_them_as_they_were_and_forget_them()
    {
        var left = Guid.NewGuid();
        await Leave(left);
        await Sweep(async () => (await committers.Store.Backlog(default)).Count == 0, "the outbox is empty");
        var sent = dispatcher.Sent.Single();
        sent.MessageId.ShouldBe(left);
        sent.Body.ToArray().ShouldBe("{\"a\": \"ä\"}"u8.ToArray());
        sent.ContentType.ShouldBe("application/json");
        sent.Headers["saga-id"].ShouldBe("1");
        sent.Headers["note"].ShouldBe(Committers.Note);
    }

    [Test]
    public async Task Should_leave_alone_what_may_still_be_on_its_way()
    {
        await committers.Committer.Commit(Committers.Unit(null, Guid.NewGuid()), default);
        (await committers.Store.ClaimOverdue(100, default)).ShouldBeEmpty();
    }

    [Test]
    [Property("Rule", "S28")]
    public async Task Should_not_let_one_that_cannot_be_sent_block_the_others()
    {
        var undeliverable = Guid.NewGuid();
        await Leave([undeliverable, .. Enumerable.Range(0, 250).Select(_ => Guid.NewGuid())]);
        dispatcher.Refuse = undeliverable;
        await Sweep(async () => (await committers.Store.Backlog(default)).Count == 1, "only the undeliverable message is left");
        dispatcher.Attempts(undeliverable).ShouldBeLessThan(4, "it backs off instead of spinning");
        await using var command = committers.Database!.Source.CreateCommand("select last_error from orchestrator.outbox");
        (await command.ExecuteScalarAsync()).ShouldBe("no such exchange");
    }

    private static IEnumerable<TestCaseData> Failures() =>
        [
            new TestCaseData(new InvalidOperationException("no such exchange"), 60, 300).SetArgDisplayNames("its destination"),
            new TestCaseData(new BrokerUnavailableException("The broker is away."), int.MinValue, 15).SetArgDisplayNames("the broker"),
            new TestCaseData(new OperationCanceledException(), int.MinValue, 15).SetArgDisplayNames("a blocked broker"),
        ];

    [TestCaseSource(nameof(Failures))]
    [Property("Rule", "S28")]
    public async Task Should_be_tried_soon_after_the_broker_is_back_and_seldom_when_nobody_takes_it(Exception failure, int least, int most)
    {
        var message = Guid.NewGuid();
        await Leave(message);
        (dispatcher.Refuse, dispatcher.Failure) = (message, failure);
        // The sweeper takes a group's messages apart before they have attempts of their own.
        await Sweep(async () => await Count("last_error is not null") == 1, "it is tried");
        await Execute("update orchestrator.outbox set attempts = 9, last_error = null, next_attempt_at = now()");
        await Sweep(async () => await Count("last_error is not null") == 1, "it is tried for the tenth time");
        var seconds = await committers.Database!.Query<double>(
            "select extract(epoch from next_attempt_at - now())::float8 from orchestrator.outbox"
        );
        seconds.ShouldBeInRange(least, most);
    }

    [Test]
    public async Task Should_give_each_to_one_of_two_sweepers()
    {
        await Leave([.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())]);
        var claimed = await Task.WhenAll(committers.Store.ClaimOverdue(50, default), committers.Store.ClaimOverdue(50, default));
        claimed.SelectMany(messages => messages).Select(message => message.MessageId).ShouldBeUnique();
    }

    private Task<long> Count(string condition) =>
        committers.Database!.Query<long>($"select count(*) from orchestrator.outbox where {condition}");

    private async Task Execute(string sql)
    {
        await using var command = committers.Database!.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Leave(params Guid[] messages)
    {
        await committers.Committer.Commit(Committers.Unit(null, messages), default);
        await Committers.LetTimePass(committers.Database!);
    }

    private async Task Sweep(Func<Task<bool>> until, string what)
    {
        var outbox = new ServiceOutbox("test", committers.Committer, committers.Store, dispatcher, NullLogger.Instance);
        using var sweeper = new OutboxSweeper(outbox, TimeSpan.FromMilliseconds(20));
        await sweeper.StartAsync(default);
        await Eventually.True(until, what);
        await sweeper.StopAsync(default);
    }
}
