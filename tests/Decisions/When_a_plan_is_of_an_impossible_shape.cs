namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_plan_is_of_an_impossible_shape
{
    private static StepDefinition Good => Step("good", "a", stage: 1);

    private static StepDefinition Final => Step("final", "a", stage: 2) with { Kind = StepKind.Pivot, HasCompensation = false };

    private static StepDefinition After => Step("after", "a", stage: 3) with { Kind = StepKind.Retriable, HasCompensation = false };

    private static IEnumerable<TestCaseData> Impossible()
    {
        yield return Case("no steps", "The plan has no steps");
        yield return Case("duplicate names", "Step 'good' occurs 2 times", Good, Good);
        yield return Case("no participant", "Step 'good' names no participant", Good with { Participant = "" });
        yield return Case("no command", "Step 'good' has no command", Good with { HasCommand = false });
        yield return Case("no timeout", "Step 'good' has no timeout", Good with { Timeout = TimeSpan.Zero });
        yield return Case(
            "timeout beyond the deadline",
            "Step 'good' waits 02:00:00, which is beyond the saga's deadline of 01:00:00",
            Good with
            {
                Timeout = TimeSpan.FromHours(2),
            }
        );
        yield return Case(
            "no attempts",
            "Step 'good' has a retry policy without attempts",
            Good with
            {
                Retry = RetryPolicy.None with { Attempts = 0 },
            }
        );
        yield return Case(
            "side effect before the pivot without a compensation",
            "Step 'good' has no compensation",
            Good with
            {
                HasCompensation = false,
            },
            Final
        );
        yield return Case(
            "compensation that needs a reply",
            "Step 'good' has a compensation that cannot be made without a reply (the id)",
            Good with
            {
                CompensationNeeds = "the id",
            }
        );
        yield return Case(
            "compensation that would never run",
            "Step 'final' is Pivot and has a compensation",
            Final with
            {
                HasCompensation = true,
            }
        );
        yield return Case(
            "compensatable after the pivot",
            "Step 'good' is compensatable and comes after 'final'",
            Final,
            Good with
            {
                Stage = 3,
            }
        );
        yield return Case(
            "compensatable after a retriable one",
            "Step 'good' is compensatable and comes after 'after'",
            After,
            Good with
            {
                Stage = 4,
            }
        );
        yield return Case(
            "check after the pivot",
            "Step 'check' may fail and comes after 'final'",
            Final,
            Good with
            {
                Name = "check",
                Stage = 3,
                Kind = StepKind.NoEffect,
                HasCompensation = false,
            }
        );
        yield return Case("two pivots", "Step 'again' is a pivot and comes after 'final'", Final, Final with { Name = "again", Stage = 3 });
        yield return Case("pivot in parallel", "Step 'final' is a pivot and runs in parallel", Good with { Stage = 2 }, Final);
        yield return Case(
            "retriable beside one that may fail",
            "Step 'after' is retriable and runs in parallel",
            Good with
            {
                Stage = 3,
            },
            After
        );
        yield return Case(
            "pivot that is compensated when unknown",
            "Step 'final' is Pivot and cannot be compensated",
            Final with
            {
                AfterUnknown = AfterUnknown.Compensate,
            }
        );
        yield return Case(
            "retriable that is enquired",
            "Step 'after' is retriable and cannot be enquired",
            After with
            {
                AfterUnknown = AfterUnknown.Enquire,
            }
        );
        yield return Case("signal as a pivot", "Step 'final' waits for a signal and is Pivot", Final with { Signal = "go" });
        yield return Case("name with a slash", "Step 'a/b' needs a name without '/'", Good with { Name = "a/b" });
    }

    [TestCaseSource(nameof(Impossible))]
    [Property("Rule", "S20")]
    public void Should_refuse_it_with_the_name_of_the_step(string finding, StepDefinition[] steps) =>
        Should.Throw<ArgumentException>(() => new PlanDefinition("order", 1, steps, TimeSpan.FromHours(1))).Message.ShouldContain(finding);

    [Test]
    [Property("Rule", "S20")]
    public void Should_number_every_finding()
    {
        var exception = Should.Throw<ArgumentException>(() =>
            new PlanDefinition("order", 0, [Good with { Participant = "" }, Good with { HasCompensation = false }])
        );
        exception.Message.ShouldContain("1. The version must be 1 or more");
        exception.Message.ShouldContain("2. Step 'good' occurs 2 times");
        exception.Message.ShouldContain("4. Step 'good' has no compensation");
    }

    [Test]
    [Property("Rule", "S20")]
    public void Should_accept_every_part_in_its_place() =>
        Should.NotThrow(() =>
            new PlanDefinition(
                "order",
                1,
                [
                    Good,
                    Good with
                    {
                        Name = "check",
                        Kind = StepKind.NoEffect,
                        HasCompensation = false,
                        Conditional = true,
                    },
                    Final with
                    {
                        AfterUnknown = AfterUnknown.Enquire,
                    },
                    After,
                    After with
                    {
                        Name = "go",
                        Signal = "go",
                        Participant = "",
                    },
                ]
            )
        );

    [Test]
    [Property("Rule", "S32")]
    public void Should_tell_by_its_fingerprint_whether_running_sagas_could_go_on()
    {
        var plan = new PlanDefinition("order", 1, [Good, Final]);
        new PlanDefinition("order", 1, [Good with { Timeout = TimeSpan.FromSeconds(1) }, Final]).Fingerprint.ShouldBe(plan.Fingerprint);
        new PlanDefinition("order", 1, [Good with { Name = "other" }, Final]).Fingerprint.ShouldNotBe(plan.Fingerprint);
        new PlanDefinition(
            "order",
            1,
            [Good, Final with { Kind = StepKind.Compensatable, HasCompensation = true }]
        ).Fingerprint.ShouldNotBe(plan.Fingerprint);
        new PlanDefinition("order", 1, [Good]).Fingerprint.ShouldNotBe(plan.Fingerprint);
    }

    private static TestCaseData Case(string name, string finding, params StepDefinition[] steps) =>
        new TestCaseData(finding, steps).SetArgDisplayNames(name);
}
