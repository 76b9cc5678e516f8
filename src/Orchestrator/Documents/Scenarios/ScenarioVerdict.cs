using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Documents.Scenarios;

/// <summary>Compares a saga with what a scenario expects of it.</summary>
/// <param name="saga">The saga.</param>
/// <param name="expected">What is expected.</param>
/// <param name="fail">Takes what is otherwise, and the line that expects it.</param>
internal sealed class ScenarioVerdict(VirtualSaga saga, Expected expected, Action<int, string> fail)
{
    public void Judge()
    {
        var progress = saga.View.Progress;
        Same("state", expected.State, progress.State.ToString());
        Same("failed step", expected.FailedStep, progress.ForwardFailure?.Step ?? "none");
        Same("failure's code", expected.FailureCode, progress.ForwardFailure?.Code ?? "none");
        Same("steps that were undone", expected.Undone, progress.Compensated);
        Same("commands that were sent", expected.Sent, [.. saga.Sent.Where(sent => sent.Command is not null).Select(Name)]);
        foreach (var (step, state) in expected.Steps ?? new Dictionary<string, string>())
        {
            Same($"state of step '{step}'", state, progress.Find(step)!.State.ToString());
        }
    }

    private static string Name(VirtualSending sent) => sent.IsCompensation ? "undo " + sent.Step : sent.Step;

    private void Same(string what, string? wanted, string got)
    {
        if (wanted is not null && wanted != got)
        {
            fail(expected.Line, $"the {what} should be {wanted}, and is {got}.");
        }
    }

    private void Same(string what, IReadOnlyList<string>? wanted, IReadOnlyList<string> got)
    {
        if (wanted is not null && !wanted.SequenceEqual(got))
        {
            fail(expected.Line, $"the {what} should be [{string.Join(", ", wanted)}], and are [{string.Join(", ", got)}].");
        }
    }
}
