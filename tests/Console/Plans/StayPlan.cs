using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Console.Tests.Plans;

/// <summary>A plan in two versions: the second waits longer, and has one step more.</summary>
internal sealed class StayPlan : Plan<StartStay>
{
    public StayPlan(int version)
        : base("stay", version)
    {
        Book("book", TimeSpan.FromSeconds(10 * version));
        if (version > 1)
        {
            Book("confirm", TimeSpan.FromSeconds(90));
        }
    }

    public override StartStay Example { get; } = new("1");

    public override string BusinessKey(StartStay data) => data.Key;

    public override IEnumerable<FieldError> Validate(StartStay data) => [];

    private void Book(string step, TimeSpan timeout) =>
        Step(step).At("inventory").Within(timeout).Do((_, _) => new ReserveItems("1", [])).UndoneBy((_, _) => new ReleaseReservation("1"));
}

/// <summary>What a stay begins with.</summary>
/// <param name="Key">Its business key.</param>
internal sealed record StartStay(string Key);
