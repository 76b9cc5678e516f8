using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>What a scenario's last happening must lead to.</summary>
internal static class Expectations
{
    public static Action<SagaScenario> Executes(string step, int attempt = 1) =>
        scenario => Commands(scenario).ShouldBe([(step, Direction.Do, attempt)]);

    public static Action<SagaScenario> Compensates(string step, int attempt = 1) =>
        scenario => Commands(scenario).ShouldBe([(step, Direction.Undo, attempt)]);

    public static Action<SagaScenario> ExecutesAll(params string[] steps) =>
        scenario => Commands(scenario).ShouldBe(steps.Select(step => (step, Direction.Do, 1)));

    public static Action<SagaScenario> Enquires(string step, int enquiry = 1) =>
        scenario => scenario.Decisions.OfType<SendEnquiry>().Select(sent => (sent.Step, sent.Enquiry)).ShouldBe([(step, enquiry)]);

    public static Action<SagaScenario> FencesUnfinishedWork =>
        scenario => scenario.Decisions.OfType<SendEnquiry>().ShouldAllBe(sent => sent.FenceUnfinished);

    public static Action<SagaScenario> Refuses(string code) =>
        scenario =>
        {
            scenario.Decisions.ShouldHaveSingleItem().ShouldBeOfType<Refuse>().Code.ShouldBe(code);
        };

    public static Action<SagaScenario> StepWaitsFor(string step, Wait wait) =>
        scenario => scenario.Progress.Find(step)!.Wait.ShouldBe(wait);

    public static Action<SagaScenario> FailedWith(string code) => scenario => scenario.Progress.ForwardFailure!.Code.ShouldBe(code);

    public static Action<SagaScenario> SendsNothing => scenario => Commands(scenario).ShouldBeEmpty();

    public static Action<SagaScenario> DecidesNothing => scenario => scenario.Decisions.ShouldBeEmpty();

    public static Action<SagaScenario> Is(SagaState state) => scenario => scenario.Progress.State.ShouldBe(state);

    public static Action<SagaScenario> StepIs(string step, StepState state) =>
        scenario => scenario.Progress.Find(step)!.State.ShouldBe(state);

    public static Action<SagaScenario> Publishes(SagaState state) =>
        scenario => scenario.Decisions.OfType<PublishEvent>().Select(outcome => outcome.State).ShouldBe([state]);

    public static Action<SagaScenario> Records(params string[] types) =>
        scenario => scenario.History.Select(entry => entry.Type).ShouldBe(types);

    public static Action<SagaScenario> HasUndone(params string[] steps) => scenario => scenario.Progress.Compensated.ShouldBe(steps);

    private static IEnumerable<(string Step, Direction Direction, int Attempt)> Commands(SagaScenario scenario) =>
        scenario.Decisions.OfType<SendCommand>().Select(command => (command.Step, command.Direction, command.Attempt));
}
