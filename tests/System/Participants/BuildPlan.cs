using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Shipping;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>One step at one participant, for tests that bring the participant.</summary>
internal abstract class BuildPlan : Plan<StartBuild>
{
    protected BuildPlan(string type, Func<StepBuilder<StartBuild>, StepBuilder<StartBuild>> patience)
        : base(type, version: 1) =>
        patience(Step("build").At(Queues.Notifications))
            .Do((_, _) => new CreateShipment("1", 1, new ShippingAddress(null, null, null, null, null, null)))
            .UndoneBy((_, _) => new CancelShipment("1"));

    public override StartBuild Example { get; } = new("1");

    public override string BusinessKey(StartBuild data) => data.Key;

    public override IEnumerable<FieldError> Validate(StartBuild data) => [];
}

internal sealed record StartBuild(string Key);
