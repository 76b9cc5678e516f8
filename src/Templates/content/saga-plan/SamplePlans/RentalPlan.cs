using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SamplePlans;

/// <summary>Starts such a saga.</summary>
public sealed record StartRental(string Key);

/// <summary>Executes its step.</summary>
public sealed record BookRental(string Key) : SagaCommand;

/// <summary>Undoes it.</summary>
public sealed record CancelRental(string Key) : SagaCommand;

/// <summary>A saga with one step. Register it with <c>AddPlan&lt;RentalPlan&gt;()</c>.</summary>
public sealed class RentalPlan : Plan<StartRental>
{
    public RentalPlan()
        : base("saga-type", version: 1) =>
        Step("work")
            .At("participant-name")
            .Within(TimeSpan.FromSeconds(30))
            .Do((start, _) => new BookRental(start.Key))
            .UndoneBy((start, _) => new CancelRental(start.Key));

    public override StartRental Example { get; } = new("1");

    public override string BusinessKey(StartRental data) => data.Key;

    public override IEnumerable<FieldError> Validate(StartRental data) => [];
}
