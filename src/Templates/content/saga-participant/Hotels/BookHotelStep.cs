using SagaOrchestrator.Participants.Steps;
using Trips.Contracts;

namespace Hotels;

/// <summary>Books a room. What is written here is committed once for each saga, together with the reply.</summary>
public sealed class BookHotelStep : StepHandler<BookHotel, CancelHotel>
{
    public override Task<StepOutcome> Do(BookHotel command, StepContext context)
    {
        if (command.City == "Nowhere")
        {
            return new StepOutcome.Rejected("no_hotel", "There is no hotel in Nowhere.");
        }

        context.Database.Insert("participant-name.booking", ("saga_id", context.SagaId), ("city", command.City));
        return new StepOutcome.Completed(new HotelBooked("12"));
    }

    public override Task<UndoOutcome> Undo(CancelHotel command, StepContext context)
    {
        context.Database.Write("update participant-name.booking set cancelled_at = now() where saga_id = $1", context.SagaId);
        return new UndoOutcome.Completed();
    }
}
