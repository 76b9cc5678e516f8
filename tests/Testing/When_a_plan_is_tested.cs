using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>The plan alone: what it sends, and what follows each answer.</summary>
public sealed class When_a_plan_is_tested
{
    private static SagaScenario Trip(bool needsVisa = false) =>
        SagaScenario.Start(new TripPlan(), new StartTrip("T-7", "Rome", 900, needsVisa));

    [Test]
    public void Should_book_both_wait_for_the_approval_and_go_on()
    {
        var saga = Trip();
        saga.Command<BookHotel>("book_hotel").City.ShouldBe("Rome");
        saga.Completes("book_hotel", new HotelBooked("room 12")).Completes("book_flight");
        saga.Step("apply_for_visa").State.ShouldBe(StepState.Skipped);

        saga.PassTime(TimeSpan.FromDays(13)).Signal("approval");
        saga.Command<ChargeCard>("charge_card").Amount.ShouldBe(900);
        saga.Completes("charge_card");
        saga.Command<SendTickets>("send_tickets").HotelNumber.ShouldBe("room 12");
        saga.Completes("send_tickets");
        saga.State.ShouldBe(SagaState.Completed);
    }

    [Test]
    public void Should_undo_everything_in_reverse_when_the_approval_does_not_come_within_two_weeks()
    {
        var saga = Trip().Completes("book_hotel", new HotelBooked("room 12")).Completes("book_flight");
        saga.PassTime(TimeSpan.FromDays(14));
        saga.Compensation<CancelFlight>("book_flight").City.ShouldBe("Rome");
        saga.CompletesCompensation("book_flight").CompletesCompensation("book_hotel");
        saga.State.ShouldBe(SagaState.Failed);
        saga.Failure!.Step.ShouldBe("await_approval");
        saga.Compensated.ShouldBe(["book_flight", "book_hotel"]);
    }

    [Test]
    public void Should_withdraw_a_visa_that_nobody_answered_for_three_weeks()
    {
        var saga = Trip(needsVisa: true).Completes("book_hotel", new HotelBooked("room 12")).Completes("book_flight");
        saga.PassTime(TimeSpan.FromDays(21));
        saga.Compensation<WithdrawVisa>("apply_for_visa").ShouldNotBeNull();
    }

    [Test]
    public void Should_let_the_flight_answer_before_the_hotel_is_given_back()
    {
        var saga = Trip().Rejects("book_hotel", "full");
        saga.Sent.ShouldNotContain(command => command.IsCompensation);
        saga.Completes("book_flight").CompletesCompensation("book_flight");
        saga.State.ShouldBe(SagaState.Failed);
    }

    [Test]
    public void Should_park_when_nobody_knows_whether_the_card_was_charged_and_go_on_when_an_operator_does()
    {
        var saga = Trip().Completes("book_hotel", new HotelBooked("room 12")).Completes("book_flight").Signal("approval");
        saga.PassTime(TimeSpan.FromHours(1));
        saga.State.ShouldBe(SagaState.Parked);
        Should.Throw<SagaScenarioException>(() => saga.Cancel()).Message.ShouldContain("pivot-underway");
        saga.OperatorResolvesAsDone("charge_card").Completes("send_tickets");
        saga.State.ShouldBe(SagaState.Completed);
    }

    [Test]
    public void Should_say_what_the_saga_waits_for_when_the_scenario_asks_for_the_impossible()
    {
        var saga = Trip();
        Should
            .Throw<SagaScenarioException>(() => saga.Completes("charge_card"))
            .Message.ShouldBe(
                "Step 'charge_card' was not sent, so nobody can answer it. The saga is Pending and waits at 'book_hotel' for Reply, "
                    + "'book_flight' for Reply."
            );
        Should.Throw<SagaScenarioException>(() => saga.Completes("book_train")).Message.ShouldContain("It has: book_hotel, book_flight");
        Should
            .Throw<SagaScenarioException>(() => saga.Command<BookFlight>("book_hotel"))
            .Message.ShouldContain("is a BookHotel, not a BookFlight");
    }

    [Test]
    public void Should_see_what_a_signal_brings_in_the_condition_of_the_next_step()
    {
        var saga = SagaScenario
            .Start(new ExpressPlan(), new StartTrip("T-8", "Rome", 900, false))
            .Signal("approval", new Approval(Express: true));
        saga.Command<SendTickets>("send_at_once").HotelNumber.ShouldBe("-");
        var slow = SagaScenario
            .Start(new ExpressPlan(), new StartTrip("T-9", "Rome", 900, false))
            .Signal("approval", new Approval(Express: false));
        slow.State.ShouldBe(SagaState.Completed);
    }

    [Test]
    public void Should_refuse_data_that_the_orchestrator_would_refuse() =>
        Should
            .Throw<InvalidOperationException>(() => SagaScenario.Start(new TripPlan(), new StartTrip("", "Rome", 900, false)))
            .Message.ShouldContain("A trip needs an id.");

    private sealed record Approval(bool Express);

    private sealed class ExpressPlan : Plan<StartTrip>
    {
        public ExpressPlan()
            : base("express", version: 1)
        {
            Step<Approval>("await_approval", out var approval).WaitsFor("approval").Within(TimeSpan.FromDays(1));
            Step("send_at_once")
                .AsRetriable()
                .At("mail")
                .If((_, saga) => saga.Result(approval)!.Express)
                .Do((_, _) => new SendTickets("-"));
        }

        public override StartTrip Example { get; } = new("T-1", "Rome", 900, NeedsVisa: false);

        public override string BusinessKey(StartTrip data) => data.TripId;

        public override IEnumerable<FieldError> Validate(StartTrip data) => [];
    }
}
