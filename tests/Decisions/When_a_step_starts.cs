using SagaOrchestrator.Decisions.Ids;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_step_starts
{
    [Test]
    [Property("Rule", "S1")]
    public void Should_register_its_compensation_before_its_command()
    {
        var decisions = SagaScenario.Of(OrderPlan.Instance).Decisions.ToList();
        var registered = decisions.FindIndex(decision => decision is RegisterCompensation { Step: Reserve, StartOrder: 1 });
        registered.ShouldBeGreaterThanOrEqualTo(0);
        registered.ShouldBeLessThan(decisions.FindIndex(decision => decision is SendCommand { Step: Reserve }));
    }

    [Test]
    [Property("Rule", "S10")]
    public void Should_keep_the_command_id_over_attempts_and_change_the_message_id()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        var first = scenario.Decisions.OfType<SendCommand>().Single();
        var second = scenario.When(TimerOf(Reserve), TimerOf(Reserve)).Decisions.OfType<SendCommand>().Single();
        second.CommandId.ShouldBe(first.CommandId);
        second.MessageId.ShouldNotBe(first.MessageId);
    }

    [Test]
    [Property("Rule", "S15")]
    public void Should_give_its_compensation_an_id_of_its_own()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        var command = scenario.Decisions.OfType<SendCommand>().Single();
        var registered = scenario.Decisions.OfType<RegisterCompensation>().Single();
        registered.CommandId.ShouldNotBe(command.CommandId);
        scenario.When(Done(Reserve), Rejected(Pay)).Decisions.OfType<SendCommand>().Single().CommandId.ShouldBe(registered.CommandId);
    }

    [Test]
    public void Should_derive_ids_that_never_change_over_versions()
    {
        // Stored commands and sagas carry these; another value would break what runs.
        var saga = SagaIds.OfSaga("order-fulfillment", "10248");
        var command = SagaIds.OfCommand(saga, Reserve, Direction.Do);
        (saga, command, SagaIds.OfMessage(command, 1)).ShouldBe(
            (
                Guid.Parse("22844316-c51b-5929-b882-4e580ff16b07"),
                Guid.Parse("2bf4bbc8-308f-5490-b436-a5ef4cf0d9a2"),
                Guid.Parse("4dff1fc7-7efd-5c9a-b501-49d035fc7e35")
            )
        );
    }
}
