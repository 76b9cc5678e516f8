using SagaOrchestrator.Chaos.Floods;

namespace SagaOrchestrator.Chaos.Tests;

internal sealed class When_a_flood_is_judged
{
    private static readonly Latency Calm = Latency.Of(Enumerable.Range(1, 100).Select(number => TimeSpan.FromMilliseconds(number)));
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();

    [Test]
    public void Should_take_percentiles_as_what_so_large_a_share_is_not_above()
    {
        Calm.ToString().ShouldBe("50 / 95 / 99");
        Calm.Longest.TotalMilliseconds.ShouldBe(100);
        Latency.Of([TimeSpan.FromSeconds(3)]).ToString().ShouldBe("3000 / 3000 / 3000");
    }

    [TestCase(190, true)]
    [TestCase(191, false)]
    public void Should_let_orders_take_twice_their_calm_p95_and_no_more(int milliseconds, bool holds)
    {
        var flooded = Result() with { Latency = Latency.Of([TimeSpan.FromMilliseconds(milliseconds)]) };

        IsFastEnough(flooded).ShouldBe(holds);
    }

    [Test]
    public void Should_not_pass_when_no_order_came_meanwhile() => IsFastEnough(Result() with { Latency = Latency.Of([]) }).ShouldBeFalse();

    [Test]
    public void Should_find_a_flood_that_was_not_digested_a_message_that_ended_elsewhere_and_what_lost_its_order()
    {
        var good = Result() with { Latency = Calm };

        FloodTable.Checks(Calm, [good]).ShouldAllBe(check => check.Holds);
        FloodTable.Checks(Calm, [good with { IsDigested = false }]).Count(check => !check.Holds).ShouldBe(1);
        FloodTable.Checks(Calm, [good with { Wrong = ["message 1 is nowhere"] }]).Count(check => !check.Holds).ShouldBe(1);
        FloodTable.Checks(Calm, [good with { Disorder = "one is last" }]).Count(check => !check.Holds).ShouldBe(1);
    }

    [Test]
    public void Should_account_for_every_message()
    {
        FloodMessage[] messages = [Message(A, null), Message(B, "orphan")];

        new Fates(Set(A), Set(), [(B, "orphan")]).Wrong(messages).ShouldBeEmpty();
        new Fates(Set(A), Set(), [(B, "orphan")]).Counts(messages).ShouldBe("1 handled, 1 dead letters orphan");
        new Fates(Set(), Set(), []).Counts(messages).ShouldBe("2 nowhere");
        Wrong(new Fates(Set(), Set(), [(B, "orphan")])).ShouldContain("is nowhere");
        Wrong(new Fates(Set(), Set(A), [(B, "orphan")])).ShouldContain("is waiting");
        Wrong(new Fates(Set(A), Set(), [(A, "orphan"), (B, "orphan")])).ShouldContain("is handled and a dead letter orphan");
        Wrong(new Fates(Set(A), Set(), [(B, "orphan"), (B, "orphan")])).ShouldContain("is a dead letter orphan and a dead letter orphan");
        Wrong(new Fates(Set(A), Set(), [(B, "delivery-limit")]))
            .ShouldContain("is a dead letter delivery-limit, and must be a dead letter orphan");

        string Wrong(Fates fates) => fates.Wrong(messages).ShouldHaveSingleItem();
    }

    [Test]
    public void Should_measure_how_far_one_is_from_its_place_in_the_order()
    {
        Guid[] promised = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())];

        ReturnOrder.Furthest(promised, promised).ShouldBe(0);
        ReturnOrder.Furthest(promised, [.. promised.Skip(1), promised[0]]).ShouldBe(9);
        ReturnOrder.Furthest(promised, [A, .. promised.Take(4), B]).ShouldBe(0);
        ReturnOrder.Furthest([], promised).ShouldBe(0);
    }

    [Test]
    public void Should_find_a_process_that_grew_by_more_than_its_bound()
    {
        var memory = new FloodMemory(null!);
        memory.Note("flat", 200, isFlooded: false);
        memory.Note("flat", 450, isFlooded: true);
        memory.Note("grown", 200, isFlooded: false);
        memory.Note("grown", 451, isFlooded: true);
        memory.Note("grown", 200, isFlooded: true);

        memory.Grown.ShouldBe(["grown 200 then 451"]);
    }

    private static bool IsFastEnough(FloodResult flood) =>
        FloodTable.Checks(Calm, [flood]).Single(check => check.Name.Contains("their calm p95", StringComparison.Ordinal)).Holds;

    private static FloodResult Result() =>
        new("orphans", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1), IsDigested: true, Disorder: null);

    private static FloodMessage Message(Guid id, string? deadLetter) => new(id, "orchestrator", "type", [], deadLetter);

    private static HashSet<Guid> Set(params Guid[] ids) => [.. ids];
}
