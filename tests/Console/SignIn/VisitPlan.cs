using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Console.Tests.SignIn;

/// <summary>What a visit begins with. Who comes is marked.</summary>
/// <param name="VisitId">Its business key.</param>
/// <param name="CustomerId">Whom it is about.</param>
/// <param name="Guest">Who comes.</param>
[Sensitive(Subject = nameof(CustomerId))]
public sealed record StartVisit(
    [property: Key] [Length(1, 100)] string VisitId,
    [Length(1, 100)] string CustomerId,
    [Sensitive] [Length(1, 100)] string Guest
);

/// <summary>A plan with marked values, which waits for its guest.</summary>
internal sealed class VisitPlan : Plan<StartVisit>
{
    public VisitPlan()
        : base("visit", version: 1)
    {
        Step("await_arrival").WaitsFor("arrival").Within(TimeSpan.FromHours(1));
        Step("reserve")
            .At("inventory")
            .Do((visit, _) => new ReserveItems(visit.VisitId, [new ReservationLine("p1", 1)]))
            .UndoneBy((visit, _) => new ReleaseReservation(visit.VisitId));
    }

    public override StartVisit Example { get; } = new("v-1", "c-1", "Grace Hopper");

    public override string BusinessKey(StartVisit data) => data.VisitId;

    public override IEnumerable<FieldError> Validate(StartVisit data) => [];
}
