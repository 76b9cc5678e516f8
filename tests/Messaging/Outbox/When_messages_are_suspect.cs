using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>One of them may kill the process: the others get away from it.</summary>
public sealed class When_messages_are_suspect
{
    private readonly Suspects suspects = new(TimeProvider.System);

    [Test]
    public async Task Should_handle_them_one_at_a_time()
    {
        var (active, most) = (0, 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    suspects.Handle(
                        async () =>
                        {
                            most = Math.Max(most, Interlocked.Increment(ref active));
                            await Task.Yield();
                            Interlocked.Decrement(ref active);
                        },
                        CancellationToken.None
                    )
                )
        );
        most.ShouldBe(1);
    }

    [Test]
    public async Task Should_handle_them_in_another_order_each_time()
    {
        var orders = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            var handled = new List<int>();
            await Task.WhenAll(
                Enumerable
                    .Range(0, 20)
                    .Select(number =>
                        suspects.Handle(
                            () =>
                            {
                                handled.Add(number);
                                return Task.CompletedTask;
                            },
                            CancellationToken.None
                        )
                    )
            );
            orders.Add(string.Join(' ', handled));
        }

        orders[0].ShouldNotBe(orders[1]);
    }

    [Test]
    public async Task Should_not_let_one_that_takes_long_hold_up_the_next()
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = suspects.Handle(
            () =>
            {
                begun.SetResult();
                return end.Task;
            },
            CancellationToken.None
        );
        await begun.Task;
        await suspects.Handle(
            () =>
            {
                end.SetResult();
                return Task.CompletedTask;
            },
            CancellationToken.None
        );
        await first;
    }
}
