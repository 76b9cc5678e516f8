using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Tests.Background;

public sealed class When_repeated_work_fails
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(1);

    private readonly List<Exception> told = [];
    private CancellationTokenSource end = null!;

    [SetUp]
    public void Start() => end = new CancellationTokenSource();

    [TearDown]
    public void Stop() => end.Dispose();

    [Test]
    public async Task Should_tell_and_do_it_again()
    {
        var again = new TaskCompletionSource();
        var times = 0;
        var working = Repeatedly.Do(
            _ =>
            {
                if (++times == 1)
                {
                    throw new InvalidOperationException("once");
                }

                again.TrySetResult();
                return Task.CompletedTask;
            },
            told.Add,
            Often,
            end.Token
        );
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
            async _ =>
            {
                begun.TrySetResult();
                await interrupted.Task;
                throw new InvalidOperationException("found no host");
            },
            told.Add,
            Often,
            end.Token
        );
        await begun.Task;

        await end.CancelAsync();
        await working;
        told.ShouldBeEmpty();
    }
}
