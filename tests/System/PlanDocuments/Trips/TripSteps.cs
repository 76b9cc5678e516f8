using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Samples.Trips;

namespace SagaOrchestrator.Tests.PlanDocuments.Trips;

/// <summary>What each participant of a trip writes: a line for what is done, and one for what is undone, in its own table.</summary>
internal static class TripSteps
{
    public static string Schema(string name) =>
        $"create table {name}.entry (position bigint generated always as identity primary key, saga_id uuid not null, what text not null, "
        + "at timestamptz not null default clock_timestamp())";

    public static void Note(StepContext context, string schema, string what) =>
        context.Database.Insert($"{schema}.entry", ("saga_id", context.SagaId), ("what", what));
}

/// <summary>A flight of number XX0 is sold out. One of number XX1 is not answered the first time.</summary>
internal sealed class BookFlightStep : StepHandler<BookFlight, CancelFlight>
{
    public override Task<StepOutcome> Do(BookFlight command, StepContext context)
    {
        if (command.Number == "XX0")
        {
            return new StepOutcome.Rejected("sold_out", "There is no seat left.");
        }

        if (command.Number == "XX1" && context.Attempt == 1)
        {
            return new StepOutcome.Faulted("busy", "The airline does not answer.");
        }

        TripSteps.Note(context, "flights", $"{command.Number} {command.Seats}");
        return new StepOutcome.Completed(new FlightBooked("F-" + context.SagaId.ToString("N")[..8]));
    }

    public override Task<UndoOutcome> Undo(CancelFlight command, StepContext context)
    {
        TripSteps.Note(context, "flights", "undone");
        return new UndoOutcome.Completed();
    }
}

internal sealed class BookHotelStep : StepHandler<BookHotel, CancelHotel>
{
    public override Task<StepOutcome> Do(BookHotel command, StepContext context)
    {
        TripSteps.Note(context, "hotels", $"{command.City} {command.Nights}");
        return new StepOutcome.Completed(new HotelBooked("R-" + context.SagaId.ToString("N")[..8]));
    }

    public override Task<UndoOutcome> Undo(CancelHotel command, StepContext context)
    {
        TripSteps.Note(context, "hotels", "undone");
        return new UndoOutcome.Completed();
    }
}

internal sealed class BookCarStep : StepHandler<BookCar, CancelCar>
{
    public override Task<StepOutcome> Do(BookCar command, StepContext context)
    {
        TripSteps.Note(context, "cars", $"{command.Category} {command.Days}");
        return new StepOutcome.Completed();
    }

    public override Task<UndoOutcome> Undo(CancelCar command, StepContext context)
    {
        TripSteps.Note(context, "cars", "undone");
        return new UndoOutcome.Completed();
    }
}

internal sealed class TakePaymentStep : StepHandler<TakePayment>
{
    public override Task<StepOutcome> Do(TakePayment command, StepContext context)
    {
        TripSteps.Note(context, "cards", FormattableString.Invariant($"{command.Amount} {command.Currency}"));
        return new StepOutcome.Completed(new PaymentTaken("P-" + context.SagaId.ToString("N")[..8]));
    }
}

internal sealed class SendTicketStep : StepHandler<SendTicket>
{
    public override Task<StepOutcome> Do(SendTicket command, StepContext context)
    {
        TripSteps.Note(context, "tickets", $"{command.To}: {command.Subject}, {command.Receipt}");
        return new StepOutcome.Completed();
    }
}
