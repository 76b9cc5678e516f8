using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Tests.Plans;

public sealed class When_a_compensation_needs_a_reply
{
    [Test]
    [Property("Rule", "S2")]
    public void Should_refuse_the_plan() =>
        Should
            .Throw<ArgumentException>(() =>
                new TestPlan((_, saga, shipment) => new ReleaseReservation(saga.Result(shipment)!.ShipmentId)).Definition
            )
            .Message.ShouldContain("1. Step 'reserve' has a compensation that cannot be made without a reply (NullReferenceException");

    [Test]
    [Property("Rule", "S2")]
    public void Should_accept_one_that_uses_the_reply_where_there_is_one() =>
        new TestPlan((start, saga, shipment) => new ReleaseReservation(saga.Result(shipment)?.ShipmentId ?? start.Key))
            .Definition.Steps.ShouldHaveSingleItem()
            .HasCompensation.ShouldBeTrue();

    [Test]
    [Property("Rule", "S20")]
    public async Task Should_not_start_with_it()
    {
        var exception = await Should.ThrowAsync<ArgumentException>(() =>
            Servers.RunningSystem.Start(add: services =>
                services.AddSingleton<Plan>(_ => new TestPlan(
                    (_, saga, shipment) => new ReleaseReservation(saga.Result(shipment)!.ShipmentId)
                ))
            )
        );
        exception.Message.ShouldContain("1. Step 'reserve' has a compensation that cannot be made without a reply");
    }

    private sealed record StartTest(string Key);

    private sealed class TestPlan : Plan<StartTest>
    {
        public TestPlan(Func<StartTest, SagaData, StepResult<ShipmentCreated>, Messages.SagaCommand> undo)
            : base("test", version: 1) =>
            Step<ShipmentCreated>("reserve", out var shipment)
                .At("inventory")
                .Do((start, _) => new ReserveItems(start.Key, []))
                .UndoneBy((start, saga) => undo(start, saga, shipment));

        public override StartTest Example { get; } = new("1");

        public override string BusinessKey(StartTest data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartTest data) => [];
    }
}
