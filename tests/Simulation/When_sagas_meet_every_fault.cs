using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Running;

namespace SagaOrchestrator.Simulation.Tests;

/// <summary>The default budget. The same seeds give the same runs on every machine.</summary>
public sealed class When_sagas_meet_every_fault
{
    public const long Budget = 2_000_000;

    private Result result = null!;

    [OneTimeSetUp]
    public void Simulate()
    {
        result = ManyRuns.Start(Budget, seed: 1);
        Report.Print(result, Plant.None, TestContext.Progress);
    }

    [Test]
    [Property("Rule", "S24")]
    [Property("Rule", "S28")]
    public void Should_break_no_rule() =>
        result.Findings.Select(finding => $"seed {finding.Seed}: {finding.Violation.Message}").ShouldBeEmpty();

    [Test]
    public void Should_have_run_the_whole_budget() => result.Runs.ShouldBe(Budget);

    [Test]
    [Property("Rule", "S13")]
    public void Should_have_met_every_pair_of_situation_and_input() =>
        result.Coverage.Pairs().Where(pair => pair.Count == 0).Select(pair => pair.Pair).ShouldBeEmpty();

    [Test]
    public void Should_have_struck_at_every_boundary() =>
        result.Coverage.Faults().Where(fault => fault.Count < 1000).Select(fault => fault.Place).ShouldBeEmpty();
}
