using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Testing.Tests.Trips;

public sealed record StartTrip(string TripId, string City, decimal Price, bool NeedsVisa);

public sealed record BookHotel(string City) : SagaCommand;

public sealed record HotelBooked(string Number);

public sealed record CancelHotel(string City) : SagaCommand;

public sealed record BookFlight(string City) : SagaCommand;

public sealed record CancelFlight(string City) : SagaCommand;

public sealed record ApplyForVisa(string City) : SagaCommand;

public sealed record WithdrawVisa(string City) : SagaCommand;

public sealed record ChargeCard(decimal Amount) : SagaCommand;

public sealed record SendTickets(string HotelNumber) : SagaCommand;
