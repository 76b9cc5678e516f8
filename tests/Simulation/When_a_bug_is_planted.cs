using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Running;

namespace SagaOrchestrator.Simulation.Tests;

public sealed class When_a_bug_is_planted
{
    // The rules that each bug breaks: found for another reason, it would not have been found.
    private static readonly Dictionary<Plant, string[]> Breaks = new()
    {
        [Plant.NoDedup] = ["S24"],
        [Plant.NoTombstone] = ["S5", "S8"],
        [Plant.PublishBeforeCommit] = ["S28"],
        [Plant.UndoInOrderOfId] = ["S3"],
        [Plant.UnknownNotUndone] = ["S5", "S6", "S8"],
        [Plant.LateReplyAccepted] = ["S11"],
        [Plant.TimerWithoutAttempt] = ["S9", "S35"],
        [Plant.AckBeforeCommit] = ["S28"],
        [Plant.RetryBudgetShared] = ["S19"],
        [Plant.OutboxDeletedBeforePublish] = ["S28"],
        [Plant.StaleWriterAccepted] = ["S9", "S10", "S11", "S19", "S28", "S30"],
        [Plant.BranchesNotSettled] = ["S4"],
        [Plant.PivotCompensated] = ["S22"],
        [Plant.CancelKillsCompensation] = ["S6", "S8", "S30"],
        [Plant.VersionNotPinned] = ["S1", "S3", "S5", "S6", "S10", "S11", "S22", "S26"],
        [Plant.SignalCountedTwice] = ["S24"],
        [Plant.EnquiryWithoutFence] = ["S5", "S6", "S8"],
        [Plant.OperatorNotFenced] = ["S5", "S8", "S22"],
        [Plant.TimerFiresEarly] = ["S35"],
        [Plant.OutageSpendsAttempts] = ["S38"],
        [Plant.StopDoesNotStop] = ["S38"],
        [Plant.PauseDoesNotHold] = ["S42"],
    };

    private static IEnumerable<Plant> Plants() => Enum.GetValues<Plant>().Where(plant => plant != Plant.None);

    [TestCaseSource(nameof(Plants))]
    public void Should_find_it_within_the_default_budget_by_a_rule_that_it_breaks(Plant plant)
    {
        var result = ManyRuns.Start(When_sagas_meet_every_fault.Budget, seed: 1, plant, stopAtFirst: true);
        result.Findings.ShouldNotBeEmpty();
        Breaks[plant].ShouldContain(result.Findings[0].Violation.Rule, result.Findings[0].Violation.Message);
    }
}
