using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Tests;

internal sealed class When_a_storm_is_drawn
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);
    private static readonly Fault[] Kinds =
    [
        new("rare", "a", 1, (_, _) => Task.CompletedTask),
        new("usual", "b", 9, (_, _) => Task.CompletedTask),
    ];

    [Test]
    public void Should_draw_the_same_faults_from_the_same_seed()
    {
        Draw(seed: 7).ShouldBe(Draw(seed: 7));
        Draw(seed: 7).ShouldNotBe(Draw(seed: 8));
    }

    [Test]
    public void Should_draw_by_weight()
    {
        var drawn = Draw(seed: 1).CountBy(next => next.Fault.Name).ToDictionary(StringComparer.Ordinal);
        drawn.Keys.Order(StringComparer.Ordinal).ShouldBe(["rare", "usual"]);
        drawn["usual"].ShouldBeGreaterThan(drawn["rare"] * 5);
    }

    [Test]
    public async Task Should_not_strike_a_place_that_is_struck()
    {
        var (active, most) = (0, 0);
        var fault = new Fault(
            "a",
            "place",
            1,
            async (_, heal) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref active));
                await Wait.For(TimeSpan.FromMilliseconds(5), heal);
                Interlocked.Decrement(ref active);
            }
        );

        await Run([fault], seed: 1);

        most.ShouldBe(1);
    }

    [Test]
    public async Task Should_heal_what_is_struck_when_it_is_over()
    {
        var healed = 0;
        var fault = new Fault(
            "a",
            "place",
            1,
            async (_, heal) =>
            {
                await Wait.For(TimeSpan.FromHours(1), heal);
                healed++;
            }
        );

        await Run([fault], seed: 1);

        healed.ShouldBe(1);
    }

    [Test]
    public async Task Should_tell_of_a_fault_that_cannot_be_healed()
    {
        var fault = new Fault("a", "place", 1, (_, _) => throw new InvalidOperationException("It is broken."));

        var told = await Should.ThrowAsync<AggregateException>(() => Run([fault], seed: 1));

        told.InnerExceptions.ShouldAllBe(inner => inner.Message == "It is broken.");
    }

    private static DrawnFault[] Draw(int seed)
    {
        var draw = new FaultDraw(Kinds, seed, Interval);
        return [.. Enumerable.Range(0, 1000).Select(_ => draw.Next())];
    }

    private static async Task Run(IReadOnlyList<Fault> faults, int seed)
    {
        var path = Path.GetTempFileName();
        using var journal = new Journal(path, console: null);
        using var heal = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        try
        {
            await new Storm(new FaultDraw(faults, seed, Interval), journal).Run(heal.Token);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
