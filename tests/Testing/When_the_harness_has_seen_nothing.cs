using SagaOrchestrator.Messages;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>Nothing moves when a call of the host has returned, so that the harness has nothing to wait for.</summary>
public sealed class When_the_harness_has_seen_nothing
{
    [Test]
    public async Task Should_say_so_at_once_and_still_see_what_comes_later()
    {
        await using var host = await new InMemoryHost()
            .With(new TripPlan())
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 1)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();
        await host.StartSaga(new StartTrip("T-1", "Rome", 900, NeedsVisa: false));

        AtOnce(host.Harness.Consumed.Any<CancelHotel>()).ShouldBeFalse();
        AtOnce(host.Harness.Sent.Any<CancelHotel>()).ShouldBeFalse();
        AtOnce(host.Harness.Published.Any<SagaFailed>()).ShouldBeFalse();

        await host.PassTime(TimeSpan.FromDays(14));
        AtOnce(host.Harness.Consumed.Any<CancelHotel>()).ShouldBeTrue();
        AtOnce(host.Harness.Sent.Any<CancelHotel>()).ShouldBeTrue();
        AtOnce(host.Harness.Published.Any<SagaFailed>()).ShouldBeTrue();
    }

    private static bool AtOnce(Task<bool> answer) =>
        answer.IsCompleted ? answer.Result : throw new ShouldAssertException("The harness waits.");
}
