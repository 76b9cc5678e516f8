using System.Collections.Concurrent;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Waiting;

/// <summary>What waited goes to its queue a few at a time: a new message must not stand behind all of it.</summary>
[Property("Rule", "S40")]
public sealed class When_many_come_back_at_once
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(64);
    private readonly ConcurrentQueue<int> sent = new();

    [SetUp]
    public void Forget() => sent.Clear();

    [Test]
    public async Task Should_send_a_few_and_then_wait()
    {
        var time = new SteppedTime();
        using var end = new CancellationTokenSource();
        var sending = Pace(time).Send([.. Enumerable.Range(0, 25)], Send, end.Token);

        sent.ShouldBe(Enumerable.Range(0, 10));
        time.Delays.ShouldBe([Pause]);
        sending.IsCompleted.ShouldBeFalse();
        time.Step();
        await Eventually.True(() => Task.FromResult(sent.Count == 20 && time.Delays.Count == 2), "the next few are sent");
        sent.ShouldBe(Enumerable.Range(0, 20));
        time.Step();

        await sending;
        sent.ShouldBe(Enumerable.Range(0, 25));
        time.Delays.Count.ShouldBe(2);
    }

    [Test]
    public async Task Should_not_wait_for_anything_when_there_are_few()
    {
        var time = new SteppedTime();

        await Pace(time).Send([.. Enumerable.Range(0, 10)], Send, CancellationToken.None);

        sent.Count.ShouldBe(10);
        time.Delays.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_leave_the_rest_when_the_service_shuts_down()
    {
        using var end = new CancellationTokenSource();
        var sending = Pace(new SteppedTime()).Send([.. Enumerable.Range(0, 25)], Send, end.Token);

        await end.CancelAsync();
        await sending;

        sent.Count.ShouldBe(10);
    }

    private static EvenPace Pace(TimeProvider time) => new(10, Pause, time);

    private Task Send(int number)
    {
        sent.Enqueue(number);
        return Task.CompletedTask;
    }

    /// <summary>A delay is over when the test says so.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private Action? over;

        public ConcurrentQueue<TimeSpan> Delays { get; } = new();

        public void Step() => over!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            over = () => callback(state);
            Delays.Enqueue(dueTime);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
