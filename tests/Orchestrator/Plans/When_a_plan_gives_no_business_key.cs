using System.Text;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Tests.Plans;

public sealed class When_a_plan_gives_no_business_key
{
    [TestCase("{}", "id", "a text")]
    [TestCase("{\"id\": \"\"}", "", "business key of 'careless'")]
    [TestCase("{\"id\": \"a\\u200bb\"}", "", "business key of 'careless'")]
    public void Should_refuse_the_start(string body, string field, string expected)
    {
        var exception = Should.Throw<InvalidStartException>(() => new CarelessPlan().Read(Encoding.UTF8.GetBytes(body)));
        exception.Errors.Single().Field.ShouldBe(field);
        exception.Errors.Single().Message.ShouldContain(expected);
    }

    [Test]
    public void Should_refuse_one_that_no_index_can_hold() =>
        Should.Throw<InvalidStartException>(() =>
            new CarelessPlan().Read(Encoding.UTF8.GetBytes($"{{\"id\": \"{new string('x', 5000)}\"}}"))
        );

    private sealed record StartCareless(string Id);

    private sealed class CarelessPlan : Plan<StartCareless>
    {
        public CarelessPlan()
            : base("careless", version: 1) =>
            Step("reserve").At("inventory").Do((_, _) => new ReserveItems("1", [])).UndoneBy((_, _) => new ReleaseReservation("1"));

        public override StartCareless Example { get; } = new("1");

        public override string BusinessKey(StartCareless data) => data.Id;

        public override IEnumerable<FieldError> Validate(StartCareless data) => [];
    }
}
