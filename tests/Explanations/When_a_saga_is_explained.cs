namespace SagaOrchestrator.Explanations.Tests;

/// <summary>What is said of a saga in the situations in which people ask.</summary>
public sealed class When_a_saga_is_explained
{
    [Test]
    public void Should_say_whom_it_waits_for_since_when_and_what_comes_next()
    {
        var explained = Told.Of(Instance)
            .When(Done(Reserve))
            .Later(TimeSpan.FromSeconds(18))
            .Explained(
                new ParticipantFacts("payments")
                {
                    Messages = 12,
                    Consumers = 2,
                    MedianAnswer = TimeSpan.FromSeconds(3),
                }
            );
        explained
            .Sentences.Take(4)
            .ShouldBe([
                "Waiting 18 s for payments to answer process_payment (attempt 1 of 3).",
                "The queue payments holds 12 messages, and 2 consumers read it; half of its answers come within 3 s.",
                "In 12 s, if no answer comes, it waits less than 1 s and then sends process_payment to payments again (attempt 2).",
                "If it failed now, it would undo process_payment (unless it did not happen), then reserve_inventory.",
            ]);
        var wait = explained.WaitsFor.Single();
        (wait.Kind, wait.Step, wait.Participant, wait.Attempt, wait.OfAttempts).ShouldBe((WaitKind.Reply, Pay, "payments", 1, 3));
        explained.Steps.Select(step => step.Phase).ShouldBe([StepPhase.Done, StepPhase.Running, StepPhase.Planned, StepPhase.Planned]);
        explained.Steps.Select(step => step.WouldBeUndone).ShouldBe([2, 1, null, null]);
    }

    [Test]
    public void Should_say_that_nothing_is_known_of_a_queue() =>
        Told.Of(Instance)
            .Explained()
            .Sentences.ShouldContain("The queue inventory is of a length that is not known, and who reads it is not known.");

    [Test]
    public void Should_say_that_nobody_reads_a_queue() =>
        Told.Of(Instance)
            .Explained(new ParticipantFacts("inventory") { Messages = 1, Consumers = 0 })
            .Sentences.ShouldContain("The queue inventory holds 1 message, and nobody reads it.");

    [Test]
    public void Should_say_why_it_tries_again_and_when()
    {
        var explained = Told.Of(Instance).When(Done(Reserve), Faulted(Pay)).Explained();
        explained
            .Sentences[0]
            .ShouldBe("Waiting less than 1 s to send process_payment to payments (attempt 2 of 3), after broken (Who knows).");
        explained
            .Moves.Single(move => move is { Kind: MoveKind.Retry, Step: Pay })
            .Sentence.ShouldBe("Retry of process_payment sends process_payment to payments again (attempt 2).");
        explained.Moves.Single(move => move is { Kind: MoveKind.ResolveAsDone, Step: Pay }).Code.ShouldBe("not-stuck");
    }

    [Test]
    public void Should_count_the_attempts_that_an_operator_granted()
    {
        var explained = Told.Of(WithPivot())
            .When(Done(Reserve), Faulted(Pay), TimerOf(Pay), Faulted(Pay), OperatorRetries(Pay))
            .Explained();
        var wait = explained.WaitsFor.Single();
        (wait.Attempt, wait.OfAttempts).ShouldBe((3, 4));
    }

    [Test]
    public void Should_say_that_a_participant_is_away_and_what_the_timer_does_then()
    {
        var away = new Absence(AbsenceKind.Away, new DateTimeOffset(2026, 1, 1, 11, 59, 0, TimeSpan.Zero), "Its queue has no consumer.");
        var explained = Told.Of(Instance)
            .Explained(
                new ParticipantFacts("inventory")
                {
                    Absence = away,
                    Consumers = 0,
                    Messages = 1,
                }
            );
        explained.Sentences.ShouldContain(
            "Inventory is away since 2026-01-01 11:59:00Z (Its queue has no consumer): no attempt is spent meanwhile."
        );
        explained
            .Timers[0]
            .Sentence.ShouldBe(
                "In 30 s, if no answer comes, it goes on waiting for inventory, because inventory is away; no attempt is spent."
            );
        explained.LatestEnd!.At.ShouldBeNull();
        explained.LatestEnd.EndsOrParksBy.ShouldBeNull();
    }

    [Test]
    public void Should_say_what_leads_a_parked_saga_out()
    {
        var explained = Told.Of(WithPivot())
            .When(Done(Reserve), Faulted(Pay), TimerOf(Pay), Faulted(Pay))
            .Later(TimeSpan.FromHours(3))
            .Explained();
        explained.Sentences[0].ShouldBe("Parked 3 h at process_payment: waiting for an operator, after broken (Who knows).");
        var moves = explained.Moves.Where(move => move.Kind != MoveKind.Extend).ToDictionary(move => move.Kind);
        moves[MoveKind.Retry].Sentence.ShouldBe("Retry of process_payment sends process_payment to payments again (attempt 3).");
        moves[MoveKind.ResolveAsDone]
            .Sentence.ShouldBe("Resolve process_payment as done takes process_payment as done and starts create_shipment at shipping.");
        moves[MoveKind.ResolveAsNotDone]
            .Sentence.ShouldBe(
                "Resolve process_payment as not done asks payments to confirm that process_payment did not happen, and to refuse it from "
                    + "now on."
            );
        moves[MoveKind.Cancel].Code.ShouldBe("pivot-underway");
        explained.LatestEnd!.Sentence.ShouldBe("Nobody can say when it ends: it waits for an operator.");
        explained.IfItFailedNow.Steps.Select(step => step.Step).ShouldBe([Reserve]);
    }

    [Test]
    public void Should_say_what_is_still_to_be_undone_and_keep_the_errors_apart()
    {
        var explained = Told.Of(Instance).When(Done(Reserve), Done(Pay), Rejected(Ship), NotUndone(Pay)).Explained();
        explained
            .Sentences[0]
            .ShouldBe(
                "Waiting less than 1 s to send the compensation of process_payment to payments (attempt 2 of 2), after stuck (Cannot)."
            );
        explained.Sentences.ShouldContain("It fails because of create_shipment: rejected (No).");
        explained.Sentences.ShouldContain("Still to be undone: process_payment, then reserve_inventory.");
        (explained.ForwardError!.Step, explained.CompensationError!.Step).ShouldBe((Ship, Pay));
        explained.Moves.Single(move => move.Kind == MoveKind.Cancel).Code.ShouldBe("no-change");
    }

    [Test]
    public void Should_say_what_a_cancel_would_undo_and_in_which_order()
    {
        var explained = Told.Of(Parallel()).When(Done(Reserve), Done(Pay)).Explained();
        var cancel = explained.Moves.Single(move => move.Kind == MoveKind.Cancel);
        cancel.IsPossible.ShouldBeTrue();
        cancel.ThenUndone.Select(step => (step.Step, step.MayNotHaveHappened)).ShouldBe([(Ship, true), (Pay, false), (Reserve, false)]);
        cancel.Sentence.ShouldBe(
            "Cancel fails the saga at create_shipment (cancelled) and gives create_shipment the time to answer before anything is undone; "
                + "undone, in this order: create_shipment, process_payment, reserve_inventory."
        );
    }

    [Test]
    public void Should_offer_the_signal_that_a_step_waits_for()
    {
        var explained = Told.Of(Approved()).When(Done(Reserve)).Later(TimeSpan.FromDays(2)).Explained();
        explained.Sentences[0].ShouldBe("Waiting 2 d for the signal 'approval' (await_approval).");
        explained
            .Moves.Single(move => move.Kind == MoveKind.Signal)
            .Sentence.ShouldBe("The signal 'approval' has await_approval done and starts process_payment at payments.");
        explained
            .Moves.Single(move => move.Kind == MoveKind.DeclineSignal)
            .Sentence.ShouldBe(
                "The signal 'approval' as a no fails the saga at await_approval (declined), takes await_approval as not done "
                    + "and has inventory undo reserve_inventory."
            );
    }

    [Test]
    public void Should_say_what_more_time_gives_and_how_long_in_units_that_follow()
    {
        var explained = Told.Of(Approved()).When(Done(Reserve)).Later(new TimeSpan(2, 0, 59, 0)).Explained();
        explained.Sentences[0].ShouldBe("Waiting 2 d for the signal 'approval' (await_approval).");
        explained
            .Moves.Single(move => move is { Kind: MoveKind.Extend, Step: Approve })
            .Sentence.ShouldBe("More time for await_approval gives it until the time that you name.");
    }

    [Test]
    public void Should_say_how_far_a_participant_is()
    {
        var explained = Told.Of(Instance).When(StillAtWork(Reserve, note: "picking 3 of 7")).Explained();
        explained.WaitsFor.Single().Note.ShouldBe("picking 3 of 7");
        explained.Sentences.ShouldContain("Inventory said last: picking 3 of 7.");
    }

    [Test]
    public void Should_say_of_a_saga_that_has_not_begun_that_it_begins_by_itself()
    {
        var explained = Told.Accepted(Instance).Later(TimeSpan.FromSeconds(2)).Explained();
        explained.Sentences[0].ShouldBe("Accepted 2 s ago and not begun.");
        explained.Timers[0].Sentence.ShouldBe("In 28 s, if nobody tells it to begin before, it starts reserve_inventory at inventory.");
    }
}
