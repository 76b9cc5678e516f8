using SagaOrchestrator.Messages;

namespace Trips.Contracts;

/// <summary>Starts a trip.</summary>
public sealed record StartTrip(string TripId, string City, decimal Price);

/// <summary>Asks the participant <c>hotels</c> for a room.</summary>
public sealed record BookHotel(string City) : SagaCommand;

/// <summary>Takes the booking back.</summary>
public sealed record CancelHotel(string City) : SagaCommand;

/// <summary>What a booking results in.</summary>
public sealed record HotelBooked(string Room);

/// <summary>Asks the participant <c>cards</c> for the money.</summary>
public sealed record ChargeCard(string Room, decimal Amount) : SagaCommand;

/// <summary>Gives it back.</summary>
public sealed record RefundCard(decimal Amount) : SagaCommand;
