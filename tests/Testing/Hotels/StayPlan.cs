using SagaOrchestrator.Plans;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Testing.Tests.Hotels;

public sealed record StartStay(string Key, string City);

/// <summary>A night in a hotel, for a guest who may say within a day that it is not to be.</summary>
public sealed class StayPlan : Plan<StartStay>
{
    public StayPlan()
        : base("stay", version: 1)
    {
        Step<HotelBooked>("book_hotel", out _)
            .At("hotels")
            .Do((stay, _) => new BookHotel(stay.City))
            .UndoneBy((stay, _) => new CancelHotel(stay.City));
        Step("await_guest").WaitsFor("guest").Within(TimeSpan.FromDays(1));
    }

    public override StartStay Example { get; } = new("1", "Rome");

    public override string BusinessKey(StartStay stay) => stay.Key;

    public override IEnumerable<FieldError> Validate(StartStay stay) => [];
}
