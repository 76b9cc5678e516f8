using SagaOrchestrator.Runner.Check;

namespace SagaOrchestrator.Tests.Runner;

/// <summary>The check that decides over a run must itself be able to fail: each line is broken once.</summary>
public sealed class When_the_end_is_checked
{
    private static readonly Guid Good = Guid.NewGuid();
    private static readonly Guid Bad = Guid.NewGuid();

    private static Evidence Sound =>
        new(
            [
                new SagaFact(Good, "1", "Completed", 30, [("p1", 3)], ["reserve", "pay", "ship"]),
                new SagaFact(Bad, "2", "Failed", 50, [("p1", 5)], ["reserve", "pay", "ship"]),
            ],
            [new ProductFact("p1", 10, 7, 3)],
            new MoneyFact(80, 50, 30),
            [
                new EffectFact(Good, "reserve", 1, null),
                new EffectFact(Good, "pay", 2, null),
                new EffectFact(Good, "ship", 3, null),
                new EffectFact(Bad, "reserve", 4, 8),
                new EffectFact(Bad, "pay", 5, 7),
                new EffectFact(Bad, "ship", null, null),
            ],
            new Dictionary<string, long> { ["orchestrator.outbox"] = 0 },
            new Dictionary<string, long> { ["orchestrator.dead-letter"] = 0 }
        );

    [Test]
    public void Should_hold_for_a_sound_end() => EndCheck.Run(Sound).ShouldAllBe(check => check.Holds);

    [Test]
    public void Should_find_a_saga_that_hangs() =>
        Fails(Sound with { Sagas = [Sound.Sagas[0], Sound.Sagas[1] with { State = "Compensating" }] }, "every saga ended");

    [Test]
    public void Should_find_negative_stock() => Fails(Sound with { Products = [new ProductFact("p1", 10, -1, 3)] }, "below zero");

    [Test]
    public void Should_find_stock_that_went_missing() =>
        Fails(Sound with { Products = [new ProductFact("p1", 10, 6, 3)] }, "initial stock");

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
    public void Should_find_effects_undone_in_the_wrong_order() =>
        Fails(
            Sound with
            {
                Effects = [.. Sound.Effects.Take(3), new EffectFact(Bad, "reserve", 4, 7), new EffectFact(Bad, "pay", 5, 8)],
            },
            "failed sagas"
        );

    [Test]
    public void Should_find_what_is_left_in_outboxes_and_queues()
    {
        Fails(Sound with { Outboxes = new Dictionary<string, long> { ["payments.outbox"] = 1 } }, "outboxes");
        Fails(Sound with { Queues = new Dictionary<string, long> { ["unrouted"] = 1 } }, "dead-letter");
    }

    [Test]
    public void Should_name_a_saga_that_cannot_be_read_and_go_on() =>
        Fails(
            Sound with
            {
                Unreadable = ["saga 3 cannot be read"],
                Outboxes = new Dictionary<string, long> { ["payments.outbox"] = 1 },
            },
            "every saga can be read"
        );

    [Test]
    public void Should_find_what_a_service_still_has_of_a_failed_order() =>
        Fails(Sound with { Standing = [new StandingFact("shipping", Good), new StandingFact("shipping", Bad)] }, "failed sagas");

    [Test]
    public void Should_look_at_no_stock_and_no_money_of_services_that_are_somebody_elses()
    {
        var checks = EndCheck.Run(Sound with { Products = null, Money = null });
        checks.ShouldAllBe(check => check.Holds);
        checks.ShouldNotContain(check =>
            check.Name.Contains("money", StringComparison.Ordinal) || check.Name.Contains("stock", StringComparison.Ordinal)
        );
    }

    [TestCase("done", "not_done", true)]
    [TestCase("not_done", "not_done", false)]
    [TestCase("done", "done", false)]
    [TestCase("done", "in_progress", false)]
    [TestCase("done", null, false)]
    public void Should_hold_participants_of_others_to_what_they_say_when_they_are_asked(string ofGood, string? ofBad, bool holds)
    {
        var evidence = Sound with
        {
            Answers = [new AnswerFact("shipping", Good, "ship", ofGood), new AnswerFact("shipping", Bad, "ship", ofBad)],
        };
        EndCheck.Run(evidence).Single(check => check.Name.Contains("when asked", StringComparison.Ordinal)).Holds.ShouldBe(holds);
    }

    [TestCase("""{"total":"30.00","items":[{"productId":"p1","quantity":3}],"customerId":"a\u0000b"}""", true)]
    [TestCase("""{"total":30,"items":[{"productId":"p1","quantity":3}]}""", true)]
    [TestCase("""{"total":"30,00 EUR","items":[]}""", false)]
    [TestCase("""{"items":[]}""", false)]
    [TestCase("""{"total":"30.00","items":7}""", false)]
    [TestCase("""not json""", false)]
    public void Should_read_an_order_as_it_was_stored_or_say_that_it_cannot(string data, bool isReadable)
    {
        var order = StoredOrder.Read(
            Good,
            "1",
            "Completed",
            data,
            """{"steps":[{"name":"b","startOrder":2},{"name":"a","startOrder":1},{"name":"c"}]}""",
            "business-order"
        );
        if (isReadable)
        {
            order.Fact.ShouldNotBeNull().Total.ShouldBe(30);
            order.Fact.Lines.ShouldBe([("p1", 3)]);
            order.Fact.Started.ShouldBe(["a", "b"]);
        }
        else
        {
            order.Problem.ShouldNotBeNull().ShouldContain($"saga {Good} (1)");
        }
    }

    [Test]
    public void Should_know_from_the_history_what_was_done_and_undone_in_which_order()
    {
        var unreadable = new Dictionary<Guid, string>();
        var effects = HistoryEffects.Of(
            [
                new StoredTurn(Bad, 1, """[{"type":"step_completed","step":"reserve","direction":"do"}]"""),
                new StoredTurn(Bad, 2, """[{"type":"step_timed_out","step":"pay"},{"type":"compensation_began"}]"""),
                new StoredTurn(Bad, 3, """[{"type":"compensation_completed","step":"pay"}]"""),
                new StoredTurn(Bad, 4, """[{"type":"compensation_completed","step":"reserve"}]"""),
                new StoredTurn(Good, 5, "broken"),
            ],
            unreadable
        );
        var effect = effects.ShouldHaveSingleItem();
        effect.Step.ShouldBe("reserve");
        effect.Undone!.Value.ShouldBeGreaterThan(effect.Done!.Value);
        unreadable.Keys.ShouldBe([Good]);
    }

    private static void Fails(Evidence evidence, string name) =>
        EndCheck.Run(evidence).Where(check => !check.Holds).ShouldContain(check => check.Name.Contains(name, StringComparison.Ordinal));
}
