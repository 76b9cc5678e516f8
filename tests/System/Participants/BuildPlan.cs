using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>One step at one participant, for tests that bring the participant.</summary>
internal abstract class BuildPlan : Plan<StartBuild>
{
    protected BuildPlan(string type, Func<StepBuilder<StartBuild>, StepBuilder<StartBuild>> patience)
        : base(type, version: 1) =>
        patience(Step("build").At(OrderQueues.Notifications)).Do((_, _) => Build()).UndoneBy((_, _) => TearDown());

    public override StartBuild Example { get; } = new("1");

    public override string BusinessKey(StartBuild data) => data.Key;

    public override IEnumerable<FieldError> Validate(StartBuild data) => [];

    protected static CreateShipment Build() => new("1", 1, new ShippingAddress(null, null, null, null, null, null));

    protected static CancelShipment TearDown() => new("1");
}

internal sealed record StartBuild(string Key);

/// <summary>Does what such a plan asks for.</summary>
internal class Builds : StepHandler<CreateShipment, CancelShipment>
{
    public override Task<StepOutcome> Do(CreateShipment command, StepContext context) =>
        Task.FromResult<StepOutcome>(new StepOutcome.Completed(new ShipmentCreated("s", "t")));

    public override Task<UndoOutcome> Undo(CancelShipment command, StepContext context) =>
        Task.FromResult<UndoOutcome>(new UndoOutcome.Completed());
}
