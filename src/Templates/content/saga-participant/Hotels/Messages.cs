using SagaOrchestrator.Messages;

// The namespace is part of a message's name on the wire: keep that of the team that owns the plan, or refer to its contracts.
namespace Trips.Contracts;

public sealed record BookHotel(string City) : SagaCommand;

public sealed record CancelHotel(string City) : SagaCommand;

public sealed record HotelBooked(string Room);
