using MassTransit.Testing;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>MassTransit's test harness sees every message of the host under its own type.</summary>
public sealed class When_the_harness_is_asked
{
    private static async Task<InMemoryHost> Trips(int mailFailures = 0) =>
        await new InMemoryHost()
            .With(new TripPlan())
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 5)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .At("cards", cards => cards.Add(new ChargeCardStep()))
            .At("mail", mail => mail.Add(new SendTicketsStep(mailFailures)))
            .Start();

    [Test]
    public async Task Should_have_seen_a_whole_trip()
    {
        await using var host = await Trips();
        var trip = await host.StartSaga(new StartTrip("T-1", "Rome", 900, NeedsVisa: false));

        (await host.Harness.Consumed.Any<BookHotel>()).ShouldBeTrue();
        (await host.Harness.Consumed.Any<SagaStepCompleted>(reply => reply.Context.Message.Step == "book_flight")).ShouldBeTrue();
        (await host.Harness.Sent.Any<ChargeCard>()).ShouldBeFalse();

        await host.Signal(trip, "approval");
        (await host.Harness.Sent.Any<ChargeCard>(card => card.Context.Message.Amount == 900)).ShouldBeTrue();
        (await host.Harness.Sent.Any<SendTickets>(mail => mail.Context.Message.HotelNumber == "room 5")).ShouldBeTrue();
        host.Harness.Published.Select<SagaCompleted>().ShouldHaveSingleItem().Context.Message.BusinessKey.ShouldBe("T-1");
    }

    [Test]
    public async Task Should_have_seen_what_was_sent_although_nobody_reads_it()
    {
        await using var host = await new InMemoryHost().With(new TripPlan()).Start();
        await host.StartSaga(new StartTrip("T-7", "Rome", 900, NeedsVisa: false));
        (await host.Harness.Sent.Any<BookHotel>()).ShouldBeTrue();
        (await host.Harness.Consumed.Any<BookHotel>()).ShouldBeFalse();
    }

    [Test]
    public async Task Should_have_seen_what_a_step_resulted_in()
    {
        await using var host = await Trips();
        await host.StartSaga(new StartTrip("T-2", "Rome", 900, NeedsVisa: false));
        var reply = host
            .Harness.Consumed.Select<SagaStepCompleted>(reply => reply.Context.Message.Step == "book_hotel")
            .ShouldHaveSingleItem();
        reply.Context.Message.Result!.Value.GetProperty("number").GetString().ShouldBe("room 5");
        host.Harness.Sent.Select<SagaStepCompleted>().Count().ShouldBe(2);
    }

    [Test]
    public async Task Should_tell_one_trip_from_another_by_the_correlation_id()
    {
        await using var host = await Trips();
        await host.StartSaga(new StartTrip("T-3", "Rome", 900, NeedsVisa: false));
        var second = await host.StartSaga(new StartTrip("T-4", "Oslo", 900, NeedsVisa: false));
        host.Harness.Sent.Select<BookHotel>(sent => sent.Context.CorrelationId == second)
            .ShouldHaveSingleItem()
            .Context.Message.City.ShouldBe("Oslo");
        host.Harness.Consumed.Select<BookHotel>(consumed => consumed.Context.CorrelationId == second)
            .ShouldHaveSingleItem()
            .Context.Message.City.ShouldBe("Oslo");
    }

    [Test]
    public async Task Should_have_seen_every_attempt_and_the_step_that_it_was_for()
    {
        await using var host = await Trips(mailFailures: 2);
        var trip = await host.StartSaga(new StartTrip("T-5", "Rome", 900, NeedsVisa: false));
        await host.Signal(trip, "approval");
        await host.PassTime(TimeSpan.FromMinutes(5));
        (await host.Saga(trip)).State.ShouldBe(SagaState.Completed);
        host.Harness.Sent.Select<SendTickets>().Select(sent => sent.Context.Message.Saga!.Attempt).ShouldBe([1, 2, 3]);
        host.Harness.Consumed.Select<SagaStepFailed>().Count().ShouldBe(2);
    }

    [Test]
    public async Task Should_have_seen_events_published_and_not_sent()
    {
        await using var host = await Trips();
        await host.StartSaga(new StartTrip("T-6", "Rome", 900, NeedsVisa: false));
        await host.PassTime(TimeSpan.FromDays(14));
        host.Harness.Published.Select<SagaFailed>()
            .ShouldHaveSingleItem()
            .Context.Message.Compensated.ShouldBe(["book_flight", "book_hotel"]);
        (await host.Harness.Published.Any<SagaEvent>()).ShouldBeTrue();
        (await host.Harness.Published.Any<SagaCommand>()).ShouldBeFalse();
        (await host.Harness.Sent.Any<SagaEvent>()).ShouldBeFalse();
    }
}
