using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>Plan and participants together, with real messages, fences and inboxes, in memory.</summary>
public sealed class When_participants_are_tested_too
{
    private readonly TripPlan plan = new();

    [Test]
    public async Task Should_complete_after_the_approval_although_mail_is_down_at_first()
    {
        var (hotel, flight, card, mail) = (
            new BookHotelStep(rooms: 1),
            new BookFlightStep(),
            new ChargeCardStep(),
            new SendTicketsStep(failures: 2)
        );
        await using var host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(hotel))
            .At("flights", flights => flights.Add(flight))
            .At("cards", cards => cards.Add(card))
            .At("mail", mails => mails.Add(mail))
            .Start();

        var trip = await host.StartSaga(plan, new StartTrip("T-1", "Rome", 900, NeedsVisa: false));
        (await host.Saga(trip)).Find("await_approval")!.Wait.ShouldBe(Wait.Signal);
        hotel.Free.ShouldBe(0);

        await host.Signal(trip, "approval", new { by = "carol" });
        card.Charged.ShouldBe(900);
        await host.PassTime(TimeSpan.FromMinutes(5));
        mail.Attempts.ShouldBe(3);
        (await host.Saga(trip)).State.ShouldBe(SagaState.Completed);
        host.Faults.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_give_everything_back_when_nobody_approves_for_two_weeks()
    {
        var (hotel, flight) = (new BookHotelStep(rooms: 1), new BookFlightStep());
        await using var host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(hotel))
            .At("flights", flights => flights.Add(flight))
            .Start();

        var trip = await host.StartSaga(plan, new StartTrip("T-2", "Oslo", 900, NeedsVisa: false));
        await host.PassTime(TimeSpan.FromDays(14));
        (await host.Saga(trip)).State.ShouldBe(SagaState.Failed);
        hotel.Free.ShouldBe(1);
        flight.Log.ShouldBe(["to Oslo", "not to Oslo"]);
        (await host.History(trip)).Select(entry => entry.Type).ShouldContain(HistoryTypes.SignalTimedOut);
    }

    [Test]
    public async Task Should_refuse_the_second_trip_when_the_hotel_is_full()
    {
        await using var host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 1)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();

        await host.StartSaga(plan, new StartTrip("T-3", "Rome", 900, NeedsVisa: false));
        var second = await host.StartSaga(plan, new StartTrip("T-4", "Rome", 900, NeedsVisa: false));
        var saga = await host.Saga(second);
        saga.State.ShouldBe(SagaState.Failed);
        saga.ForwardFailure!.Code.ShouldBe("full");
        saga.Compensated.ShouldBe(["book_flight"]);
    }

    [Test]
    public async Task Should_say_that_a_business_key_is_taken()
    {
        await using var host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 1)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();
        await host.StartSaga(plan, new StartTrip("T-5", "Rome", 900, NeedsVisa: false));
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                host.StartSaga(plan, new StartTrip("T-5", "Oslo", 900, NeedsVisa: false))
            )
        ).Message.ShouldContain("'T-5' is the business key of saga");
    }
}
