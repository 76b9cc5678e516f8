using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Tests.Runner;

/// <summary>The check that decides over a run must itself be able to fail: each line is broken once.</summary>
public sealed class When_the_end_is_checked
{
    private static readonly Guid Good = Guid.NewGuid();
    private static readonly Guid Bad = Guid.NewGuid();

    private static Evidence Sound => new(
        [
            new SagaFact(Good, "1", "Completed", 30, [("p1", 3)], ["reserve", "pay", "ship"]),
            new SagaFact(Bad, "2", "Failed", 50, [("p1", 5)], ["reserve", "pay", "ship"]),
        ],
        [new ProductFact("p1", 10, 7, 3)],
        new MoneyFact(80, 50, 30),
        [
            new EffectFact(Good, "reserve", 1, null), new EffectFact(Good, "pay", 2, null), new EffectFact(Good, "ship", 3, null),
            new EffectFact(Bad, "reserve", 4, 8), new EffectFact(Bad, "pay", 5, 7), new EffectFact(Bad, "ship", null, null),
        ],
        new Dictionary<string, long> { ["orchestrator.outbox"] = 0 },
        new Dictionary<string, long> { ["orchestrator.dead-letter"] = 0 });

    [Test]
    public void Should_hold_for_a_sound_end() => EndCheck.Run(Sound).ShouldAllBe(check => check.Holds);

    [Test]
    public void Should_find_a_saga_that_hangs() =>
        Fails(Sound with { Sagas = [Sound.Sagas[0], Sound.Sagas[1] with { State = "Compensating" }] }, "every saga ended");

    [Test]
    public void Should_find_negative_stock() => Fails(Sound with { Products = [new ProductFact("p1", 10, -1, 3)] }, "below zero");

    [Test]
    public void Should_find_stock_that_went_missing() => Fails(Sound with { Products = [new ProductFact("p1", 10, 6, 3)] }, "initial stock");

    [Test]
    public void Should_find_stock_that_stays_reserved_for_a_failed_order() =>
        Fails(Sound with { Products = [new ProductFact("p1", 10, 2, 8)] }, "initial stock");

    [Test]
    public void Should_find_money_that_was_not_given_back() => Fails(Sound with { Money = new MoneyFact(80, 0, 30) }, "money");

    [Test]
    public void Should_find_money_that_only_the_gateway_knows_of() => Fails(Sound with { Money = new MoneyFact(80, 50, 80) }, "money");

    [Test]
    public void Should_find_a_step_that_was_not_done() => Fails(Sound with { Effects = [.. Sound.Effects.Skip(1)] }, "completed sagas");

    [Test]
    public void Should_find_an_effect_that_was_not_undone() =>
        Fails(Sound with { Effects = [.. Sound.Effects.Take(3), new EffectFact(Bad, "reserve", 4, null)] }, "failed sagas");

    [Test]
    public void Should_find_effects_undone_in_the_wrong_order() => Fails(
        Sound with { Effects = [.. Sound.Effects.Take(3), new EffectFact(Bad, "reserve", 4, 7), new EffectFact(Bad, "pay", 5, 8)] }, "failed sagas");

    [Test]
    public void Should_find_what_is_left_in_outboxes_and_queues()
    {
        Fails(Sound with { Outboxes = new Dictionary<string, long> { ["payments.outbox"] = 1 } }, "outboxes");
        Fails(Sound with { Queues = new Dictionary<string, long> { ["unrouted"] = 1 } }, "dead-letter");
    }

    private static void Fails(Evidence evidence, string name) =>
        EndCheck.Run(evidence).Where(check => !check.Holds).ShouldContain(check => check.Name.Contains(name, StringComparison.Ordinal));
}
