using SagaOrchestrator.Decisions.Plans;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_plan_is_of_an_impossible_shape
{
    [Test]
    public void Should_refuse_it_with_every_finding_by_step()
    {
        var step = new SagaStep("pay", "payments", TimeSpan.FromSeconds(1), RetryPolicy.None, RetryPolicy.None, Compensatable: true);
        var exception = Should.Throw<ArgumentException>(() => new SagaPlan("order", 1,
        [
            step,
            step,
            step with { Name = "ship", Participant = "" },
            step with { Name = "bill", Timeout = TimeSpan.Zero },
            step with { Name = "post", Compensatable = false },
            step with { Name = "mail", Retry = RetryPolicy.None with { Attempts = 0 } },
        ]));
        exception.Message.ShouldContain("1. Step 'pay' occurs 2 times");
        exception.Message.ShouldContain("Step 'ship' names no participant");
        exception.Message.ShouldContain("Step 'bill' has no timeout");
        exception.Message.ShouldContain("Step 'post' has no compensation");
        exception.Message.ShouldContain("Step 'mail' has a retry policy without attempts");
    }

    [Test]
    public void Should_refuse_a_plan_without_steps() =>
        Should.Throw<ArgumentException>(() => new SagaPlan("order", 1, [])).Message.ShouldContain("no steps");
}
