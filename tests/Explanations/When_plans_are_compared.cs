using System.Collections.Immutable;
using SagaOrchestrator.Explanations.Plans;

namespace SagaOrchestrator.Explanations.Tests;

public sealed class When_plans_are_compared
{
    private static readonly StepDefinition Reserving = new("reserve", "inventory", TimeSpan.FromSeconds(30)) { HasCompensation = true };
    private static readonly StepDefinition Paying = new("pay", "payments", TimeSpan.FromSeconds(30)) { HasCompensation = true, Stage = 1 };

    [Test]
    public void Should_find_nothing_between_equals() => Between(Reserving, Paying).ShouldBeEmpty();

    [Test]
    public void Should_tell_what_may_be_changed_while_sagas_run()
    {
        var patient = Paying with
        {
            Timeout = TimeSpan.FromSeconds(45.5),
            Retry = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)),
        };
        Between(Reserving, patient)
            .ShouldBe([
                new PlanDifference("pay", "timeout", "30 s", "45.5 s", IsStructure: false),
                new PlanDifference("pay", "retry", "1 attempt", "3 attempts, 1 s to 10 s, times 2", IsStructure: false),
            ]);
    }

    [Test]
    public void Should_tell_steps_that_came_and_went() =>
        Between(Paying, Paying with { Name = "ship", Participant = "shipping", Stage = 2 })
            .ShouldBe([
                new PlanDifference("reserve", "step", "Compensatable, at inventory", null, IsStructure: true),
                new PlanDifference("ship", "step", null, "Compensatable, at shipping", IsStructure: true),
            ]);

    [Test]
    public void Should_tell_a_step_that_moved() =>
        Between(Paying with { Stage = 0 }, Reserving with { Stage = 1 })
            .ShouldBe([
                new PlanDifference(null, "order", "reserve, pay", "pay, reserve", IsStructure: true),
                new PlanDifference("pay", "stage", "1", "0", IsStructure: true),
                new PlanDifference("reserve", "stage", "0", "1", IsStructure: true),
            ]);

    [Test]
    [Property("Rule", "S32")]
    public void Should_call_structure_what_the_fingerprint_holds()
    {
        StepDefinition[] others =
        [
            Paying with
            {
                Participant = "cards",
            },
            Paying with
            {
                Kind = StepKind.Pivot,
                HasCompensation = false,
            },
            Paying with
            {
                Conditional = true,
            },
            Paying with
            {
                Stage = 2,
            },
            Paying with
            {
                Name = "charge",
            },
            Paying with
            {
                Timeout = TimeSpan.FromSeconds(1),
            },
            Paying with
            {
                AfterUnknown = AfterUnknown.Compensate,
            },
            Paying with
            {
                CompensationRetry = new(9, TimeSpan.Zero, TimeSpan.Zero),
            },
            new("pay", string.Empty, TimeSpan.FromSeconds(30))
            {
                Kind = StepKind.NoEffect,
                Stage = 1,
                Signal = "paid",
            },
        ];
        foreach (var other in others)
        {
            var (before, after) = (Plan(Reserving, Paying), Plan(Reserving, other));
            PlanDifferences
                .Between(before, after)
                .Any(difference => difference.IsStructure)
                .ShouldBe(before.Fingerprint != after.Fingerprint, other.ToString());
        }
    }

    [Test]
    public void Should_tell_a_deadline() =>
        PlanDifferences
            .Between(Plan(Reserving), new PlanDefinition("order", 2, [Reserving], TimeSpan.FromHours(1)))
            .ShouldBe([new PlanDifference(null, "deadline", null, "3600 s", IsStructure: false)]);

    private static PlanDefinition Plan(params StepDefinition[] steps) => new("order", 1, steps);

    private static ImmutableArray<PlanDifference> Between(params StepDefinition[] steps) =>
        PlanDifferences.Between(Plan(Reserving, Paying), new PlanDefinition("order", 2, steps));
}
