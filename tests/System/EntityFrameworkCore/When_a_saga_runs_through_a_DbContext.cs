using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>The orchestrator, the broker and a participant whose steps work on a context of their own team's.</summary>
public sealed class When_a_saga_runs_through_a_DbContext
{
    private const string Kind = "stay";

    [Test]
    public async Task Should_complete_and_undo_as_with_any_other_step()
    {
        await using var system = await RunningSystem.Start(add: services => services.AddPlan<StayPlan>());
        await system.StopParticipant(HotelsParticipant.Name);
        await using var hotels = await HotelsParticipant.Start(sandbox: system.Sandbox);
        await hotels.AddHotel("Rome", 10);

        var stays = await system.Api.StartSaga(Stay("Rome", 4), Kind);
        await system.Api.WaitFor(stays, "Completed");
        var isFull = await system.Api.StartSaga(Stay("Rome", 5, more: 2), Kind);
        await system.Api.WaitFor(isFull, "Failed");

        (await hotels.Bookings(stays)).ShouldBe(1);
        (await hotels.Bookings(isFull)).ShouldBe(0);
        (await hotels.Rooms("Rome")).ShouldBe(6);
        (await system.Sandbox.Peek("notifications.dead-letter")).ShouldBeEmpty();
    }

    private static JsonObject Stay(string city, int rooms, int more = 0) =>
        new()
        {
            ["key"] = Guid.NewGuid().ToString(),
            ["city"] = city,
            ["rooms"] = rooms,
            ["more"] = more,
        };

    private sealed class StayPlan : Plan<StartStay>
    {
        public StayPlan()
            : base(Kind, version: 1)
        {
            Step<RoomsBooked>("book_rooms", out _)
                .At(HotelsParticipant.Name)
                .Within(TimeSpan.FromSeconds(20))
                .Do((stay, _) => new BookRooms(stay.City, stay.Rooms))
                .UndoneBy((_, _) => new CancelRooms());
            Step<RoomsBooked>("book_more", out _)
                .At(HotelsParticipant.Name)
                .Within(TimeSpan.FromSeconds(20))
                .If((stay, _) => stay.More > 0)
                .Do((stay, _) => new BookRooms(stay.City, stay.More))
                .UndoneBy((_, _) => new CancelRooms());
        }

        public override StartStay Example { get; } = new("1", "Rome", 1, 1);

        public override string BusinessKey(StartStay data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartStay data) => [];
    }
}

internal sealed record StartStay(string Key, string City, int Rooms, int More);
