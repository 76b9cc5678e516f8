namespace SagaOrchestrator.Explanations.Tests;

public sealed class When_a_saga_has_ended
{
    [Test]
    public void Should_name_the_effects_of_a_completed_one()
    {
        var verdict = Told.Of(Approved())
            .When(Done(Reserve), Signalled("approval"))
            .Later(TimeSpan.FromMinutes(4))
            .When(Done(Pay))
            .Explained()
            .Verdict!;
        verdict.Kind.ShouldBe(VerdictKind.Completed);
        verdict.Sentence.ShouldBe("Completed after 4 min: reserve_inventory and process_payment stand.");
    }

    [Test]
    public void Should_say_that_nothing_is_left_of_one_that_was_undone()
    {
        var explained = Told.Of(Instance).When(Done(Reserve), Rejected(Pay), Undone(Reserve)).Explained();
        explained.Verdict!.Kind.ShouldBe(VerdictKind.Undone);
        explained.Sentences.ShouldBe([
            "Failed after less than 1 s because of process_payment: rejected (No); undone, in this order: reserve_inventory. Nothing of "
                + "it is left.",
        ]);
        explained.Moves.ShouldAllBe(move => !move.IsPossible);
        explained.LatestEnd.ShouldBeNull();
    }

    [Test]
    [Property("Rule", "S18")]
    public void Should_say_that_nothing_had_to_be_undone() =>
        Told.Of(Instance)
            .When(Rejected(Reserve))
            .Explained()
            .Verdict!.Sentence.ShouldContain("nothing had to be undone. Nothing of it is left.");

    [Test]
    public void Should_name_what_stays_when_a_compensation_was_given_up()
    {
        var explained = Told.Of(Instance)
            .When(
                Done(Reserve),
                Done(Pay),
                Rejected(Ship),
                NotUndone(Pay),
                TimerOf(Pay),
                NotUndone(Pay),
                OperatorSkips(Pay),
                Undone(Reserve)
            )
            .Explained();
        var verdict = explained.Verdict!;
        verdict.Kind.ShouldBe(VerdictKind.UndoneExcept);
        verdict.Stands.ShouldHaveSingleItem().Step.ShouldBe(Pay);
        verdict.Stands[0].IsCertain.ShouldBeFalse();
        verdict.Sentence.ShouldContain(
            "Left: process_payment at payments. An operator gave its compensation up (alice: Refunded in cash), and its effect may still "
                + "be there."
        );
        verdict.OnAnOperatorsWord.ShouldHaveSingleItem().By.ShouldBe("alice");
    }

    [Test]
    public void Should_say_what_rests_on_an_operators_word()
    {
        var verdict = Told.Of(WithPivot())
            .When(Done(Reserve), Faulted(Pay), TimerOf(Pay), Faulted(Pay), OperatorFindsDone(Pay), Done(Ship))
            .Explained()
            .Verdict!;
        verdict.Kind.ShouldBe(VerdictKind.Completed);
        verdict.Sentence.ShouldEndWith("On an operator's word alone: process_payment done (alice).");
    }

    [Test]
    public void Should_not_call_it_an_operators_word_when_the_participant_confirmed()
    {
        var verdict = Told.Of(WithPivot(AfterUnknown.Retry))
            .When(Done(Reserve), Faulted(Pay), TimerOf(Pay), Faulted(Pay), OperatorFindsNotDone(Pay), NotDone(Pay), Undone(Reserve))
            .Explained()
            .Verdict!;
        verdict.Kind.ShouldBe(VerdictKind.Undone);
        verdict.OnAnOperatorsWord.ShouldBeEmpty();
    }
}
