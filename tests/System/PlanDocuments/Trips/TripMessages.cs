using SagaOrchestrator.Messages;

// The namespace is part of a command's name on the wire, as samples/trips/trip-booking.yaml names it.
#pragma warning disable IDE0130
namespace SagaOrchestrator.Samples.Trips;

public sealed record BookFlight(string Number, int Seats, string Traveller) : SagaCommand;

public sealed record CancelFlight(string Number, int Seats) : SagaCommand;

public sealed record FlightBooked(string Reference);

public sealed record BookHotel(string City, int Nights) : SagaCommand;

public sealed record CancelHotel(string City) : SagaCommand;

public sealed record HotelBooked(string Room);

public sealed record BookCar(string Category, int Days) : SagaCommand;

public sealed record CancelCar(string Category) : SagaCommand;

public sealed record TakePayment(decimal Amount, string Currency, string Booked) : SagaCommand;

public sealed record PaymentTaken(string Receipt);

public sealed record SendTicket(string To, string Receipt, string Subject, string Amount) : SagaCommand;
