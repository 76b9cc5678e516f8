using SagaOrchestrator.Simulation.Plants;
using SagaOrchestrator.Simulation.Running;

namespace SagaOrchestrator.Simulation;

public sealed class When_a_bug_is_planted
{
    private static IEnumerable<Plant> Plants() => Enum.GetValues<Plant>().Where(plant => plant != Plant.None);

    [TestCaseSource(nameof(Plants))]
    public void Should_find_it_within_the_default_budget(Plant plant)
    {
        var result = Running.Simulation.Start(When_sagas_meet_every_fault.Budget, seed: 1, plant, stopAtFirst: true);
        result.Findings.ShouldNotBeEmpty();
        TestContext.Progress.WriteLine($"{plant}: seed {result.Findings[0].Seed}, {result.Findings[0].Violation.Message}");
    }
}
