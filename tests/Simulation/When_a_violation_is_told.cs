using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Running;

namespace SagaOrchestrator.Simulation.Tests;

public sealed class When_a_violation_is_told
{
    private static readonly ulong Seed = ManyRuns
        .Start(When_sagas_meet_every_fault.Budget, seed: 1, Plant.NoTombstone, stopAtFirst: true)
        .Findings[0]
        .Seed;

    [Test]
    public void Should_be_the_same_for_the_same_seed()
    {
        var run = new Run(Plant.NoTombstone, new Coverage());
        var (first, second) = (new List<int>(), new List<int>());
        var violation = run.Of(Seed, first)!.Message;
        run.Of(Seed + 1);
        run.Of(Seed, second)!.Message.ShouldBe(violation);
        second.ShouldBe(first);
    }

    [Test]
    public void Should_be_shorter_and_break_the_same_rule()
    {
        var recording = new List<int>();
        var violation = new Run(Plant.NoTombstone, new Coverage()).Of(Seed, recording)!;
        var (script, shrunk) = Shrinker.Shrink(Plant.NoTombstone, Seed);
        shrunk.Rule.ShouldBe(violation.Rule);
        script.Length.ShouldBeLessThan(recording.Count);
    }

    // How far a story can be cut depends on what its seed has drawn.
    [Test]
    public void Should_be_short_for_some_seed() =>
        ManyRuns
            .Start(1000, seed: 1, Plant.NoTombstone, stopAtFirst: false)
            .Findings.Take(5)
            .Min(finding => Shrinker.Tell(Plant.NoTombstone, Shrinker.Shrink(Plant.NoTombstone, finding.Seed).Script).Count)
            .ShouldBeLessThan(15);

    [Test]
    public void Should_print_its_seed_and_end_with_a_failure()
    {
        var text = new StringWriter();
        Report.Print(ManyRuns.Start(100_000, seed: 1, Plant.NoTombstone, stopAtFirst: true), Plant.NoTombstone, text).ShouldBe(1);
        text.ToString().ShouldContain("shortest story");
        text.ToString().ShouldContain("seed ");
    }
}
