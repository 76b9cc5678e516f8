using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Tests.Timers;

/// <summary>Replies wait in the queue: a timer that is handed in now would come together with them.</summary>
[Property("Rule", "S26")]
public sealed class When_a_queue_is_not_read
{
    private readonly Clock clock = new();
    private readonly DueTimers timers = new();
    private readonly Sent sent = new();
    private bool isRead;

    [SetUp]
    public void Begin()
    {
        isRead = false;
        timers.Due = 1;
        sent.Count = 0;
    }

    [Test]
    public async Task Should_leave_timers_due()
    {
        (await Firing().Fire(TimeSpan.Zero, default)).ShouldBeNull();

        (timers.Due, sent.Count).ShouldBe((1, 0));
    }

    [Test]
    public async Task Should_hand_them_in_when_it_has_been_read_for_a_second()
    {
        var firing = Firing();
        isRead = true;
        (await firing.Fire(TimeSpan.Zero, default)).ShouldBeNull();
        clock.Milliseconds += 999;
        (await firing.Fire(TimeSpan.Zero, default)).ShouldBeNull();
        clock.Milliseconds += 1;

        (await firing.Fire(TimeSpan.Zero, default)).ShouldBe(1);

        (timers.Due, sent.Count).ShouldBe((0, 1));
    }

    [Test]
    public async Task Should_wait_anew_when_it_was_not_read_meanwhile()
    {
        var firing = Firing();
        isRead = true;
        await firing.Fire(TimeSpan.Zero, default);
        isRead = false;
        await firing.Fire(TimeSpan.Zero, default);
        clock.Milliseconds += 5000;
        isRead = true;

        (await firing.Fire(TimeSpan.Zero, default)).ShouldBeNull();
    }

    private TimerFiring Firing() =>
        new(timers, () => sent, new QueueReading(() => isRead, clock), OrchestratorNames.Default, NullLogger<TimerFiring>.Instance);

    private sealed class DueTimers : IDueTimers
    {
        public int Due { get; set; }

        public Task<IReadOnlyList<DueTimer>> Claim(int limit, TimeSpan overdueBy, CancellationToken cancellationToken)
        {
            var due = Enumerable.Range(0, Due).Select(_ => new DueTimer(Guid.NewGuid(), "order", "pay/do/1/reply", null, false));
            DueTimer[] claimed = [.. due];
            Due = 0;
            return Task.FromResult<IReadOnlyList<DueTimer>>(claimed);
        }

        public Task Release(Guid sagaId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<TimeSpan?> UntilNext(CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(null);
    }

    private sealed class Clock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }

    private sealed class Sent : IMessageDispatcher
    {
        public int Count { get; set; }

        public Task Send(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Count++;
            return Task.CompletedTask;
        }
    }
}
