using SagaOrchestrator.Tests.Servers;
using SagaOrchestrator.Tests.Webhooks;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_a_node_dies_that_delivers_webhooks
{
    private const int Orders = 40;
    private const int Held = 5;

    [Test]
    public async Task Should_have_another_go_on_in_order_with_none_lost_and_never_two_at_once()
    {
        await using var system = await KilledSystem.Start(
            ("Webhooks__AllowPrivateAddresses", "true"),
            ("Webhooks__AllowHttp", "true"),
            ("Webhooks__Timeout", "00:00:02")
        );
        var (inside, most, count) = (0, 0, 0);
        await using var receiver = await Receiver.Start(
            async (_, http) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                try
                {
                    // One that its node does not survive.
                    if (Interlocked.Increment(ref count) == Held)
                    {
                        await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
                    }

                    return 200;
                }
                finally
                {
                    Interlocked.Decrement(ref inside);
                }
            }
        );
        await system.Api.Hook(receiver.Url);
        var pushing = system.Push(Orders);
        await receiver.WaitFor(Held);
        using var second = system.StartSecondOrchestrator();
        system.KillOrchestrator();
        system.StartOrchestrator();
        await pushing;
        await system.Ended(Orders);
        await Eventually.Get(
            () => Task.FromResult(receiver.All.DistinctBy(delivery => delivery.Id).Count()),
            told => told == Orders,
            "all outcomes are told"
        );

        // What was on its way as the node died comes twice, and nothing else.
        receiver.All.Count.ShouldBe(Orders + 1);
        receiver.All[Held].Id.ShouldBe(receiver.All[Held - 1].Id);
        var once = receiver.All.DistinctBy(delivery => delivery.Id).ToList();
        once.Select(delivery => delivery.Json.GetProperty("position").GetInt64()).ShouldBeInOrder();
        once.Select(delivery => delivery.SagaId).ShouldBeUnique();
        most.ShouldBe(1);
    }
}
