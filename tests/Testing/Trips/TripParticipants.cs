using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Testing.Tests.Trips;

/// <summary>A hotel with a few rooms, kept in memory as a test would keep them.</summary>
public sealed class BookHotelStep(int rooms) : StepHandler<BookHotel, CancelHotel>
{
    private int free = rooms;

    public int Free => free;

    public override Task<StepOutcome> Do(BookHotel command, StepContext context) =>
        Task.FromResult<StepOutcome>(
            free == 0 ? new StepOutcome.Rejected("full", "No room is left.") : new StepOutcome.Completed(new HotelBooked($"room {free--}"))
        );

    public override Task<UndoOutcome> Undo(CancelHotel command, StepContext context)
    {
        free++;
        return Task.FromResult<UndoOutcome>(new UndoOutcome.Completed());
    }
}

public sealed class BookFlightStep : StepHandler<BookFlight, CancelFlight>
{
    private readonly List<string> log = [];

    public IReadOnlyList<string> Log => log;

    public override Task<StepOutcome> Do(BookFlight command, StepContext context)
    {
        log.Add($"to {command.City}");
        return Task.FromResult<StepOutcome>(new StepOutcome.Completed());
    }

    public override Task<UndoOutcome> Undo(CancelFlight command, StepContext context)
    {
        log.Add($"not to {command.City}");
        return Task.FromResult<UndoOutcome>(new UndoOutcome.Completed());
    }
}

public sealed class ChargeCardStep : StepHandler<ChargeCard>
{
    public decimal Charged { get; private set; }

    public override Task<StepOutcome> Do(ChargeCard command, StepContext context)
    {
        Charged += command.Amount;
        return Task.FromResult<StepOutcome>(new StepOutcome.Completed());
    }
}

/// <summary>A mail server that is down for its first attempts.</summary>
public sealed class SendTicketsStep(int failures) : StepHandler<SendTickets>
{
    public int Attempts { get; private set; }

    public override Task<StepOutcome> Do(SendTickets command, StepContext context) =>
        ++Attempts <= failures
            ? throw new InvalidOperationException("The mail server is down.")
            : Task.FromResult<StepOutcome>(new StepOutcome.Completed());
}
