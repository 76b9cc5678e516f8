using SagaOrchestrator.Outbox.Background;

namespace SagaOrchestrator.Tests.Background;

public sealed class When_repeated_work_fails
{
    private readonly List<Exception> told = [];
    private CancellationTokenSource end = null!;
    private PeriodicTimer timer = null!;

    [SetUp]
    public void Start() => (end, timer) = (new CancellationTokenSource(), new PeriodicTimer(TimeSpan.FromMilliseconds(1)));

    [TearDown]
    public void Stop()
    {
        timer.Dispose();
        end.Dispose();
    }

    [Test]
    public async Task Should_tell_and_do_it_again()
    {
        var again = new TaskCompletionSource();
        var times = 0;
        var working = Repeatedly.Do(
            timer,
            _ =>
            {
                if (++times == 1)
                {
                    throw new InvalidOperationException("once");
                }

                again.TrySetResult();
                return Task.CompletedTask;
            },
            told.Add, end.Token);
        await again.Task;
        told.ShouldHaveSingleItem().Message.ShouldBe("once");

        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(working);
    }

    /// <summary>A background service that throws anything else makes a process end with an error that was asked to end.</summary>
    [Test]
    public async Task Should_end_in_silence_when_it_was_interrupted()
    {
        var (begun, interrupted) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var interruption = end.Token.Register(interrupted.SetResult);
        var working = Repeatedly.Do(
            timer,
            async _ =>
            {
                begun.TrySetResult();
                await interrupted.Task;
                throw new InvalidOperationException("found no host");
            },
            told.Add, end.Token);
        await begun.Task;

        await end.CancelAsync();
        await working;
        told.ShouldBeEmpty();
    }
}
