using MassTransit;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>What does not come through the host is waited for with Settle.</summary>
public sealed class When_a_test_sends_with_the_harness
{
    private static async Task<InMemoryHost> Trips() =>
        await new InMemoryHost()
            .With(new TripPlan())
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 1)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();

    [Test]
    public async Task Should_start_a_saga_by_message()
    {
        await using var host = await Trips();
        var orchestrator = await host.Harness.Bus.GetSendEndpoint(new Uri("queue:" + Queues.Orchestrator));
        await orchestrator.Send(new StartTrip("T-1", "Rome", 900, NeedsVisa: false));
        await host.Settle();

        var booking = host.Harness.Consumed.Select<BookHotel>().ShouldHaveSingleItem();
        (await host.Saga(booking.Context.Message.Saga!.SagaId)).Find("await_approval")!.Wait.ShouldBe(Wait.Signal);
    }

    [Test]
    public async Task Should_not_lose_count_of_what_nobody_reads()
    {
        await using var host = await Trips();
        var nobody = await host.Harness.Bus.GetSendEndpoint(new Uri("exchange:nobody"));
        await nobody.Send(new BookHotel("Rome"));
        await host.Harness.Bus.Publish(new BookFlight("Rome"));
        await host.Settle();

        await host.StartSaga(new StartTrip("T-2", "Rome", 900, NeedsVisa: false));
        host.Harness.Consumed.Select<SagaStepCompleted>().Count().ShouldBe(2);
        (await host.Harness.Published.Any<BookFlight>()).ShouldBeTrue();
    }
}
