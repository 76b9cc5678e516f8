using NUnit.Framework;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Testing;

namespace SamplePlans.Tests;

public sealed class When_it_runs
{
    [Test]
    public void Should_complete_with_its_step() =>
        Assert.That(SagaScenario.Start(new RentalPlan(), new StartRental("1")).Completes("work").State, Is.EqualTo(SagaState.Completed));

    [Test]
    public void Should_fail_when_its_step_is_refused() =>
        Assert.That(
            SagaScenario.Start(new RentalPlan(), new StartRental("1")).Rejects("work", "refused").State,
            Is.EqualTo(SagaState.Failed)
        );
}
