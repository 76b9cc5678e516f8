using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Engine.Telemetry;

/// <summary>A participant's answer to the command that was sent last, for the metrics.</summary>
/// <param name="Step">The step.</param>
/// <param name="Participant">Who answered.</param>
/// <param name="Direction">do or undo.</param>
/// <param name="Outcome">What the answer says, in one word.</param>
/// <param name="Took">How long it took, on the database's clock.</param>
internal readonly record struct StepAnswer(string Step, string Participant, string Direction, string Outcome, TimeSpan Took)
{
    /// <summary>What an input says of a step that waits for its answer; null when it says nothing, or the step does not wait.</summary>
    /// <param name="before">How the saga stood when it came.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">When.</param>
    public static StepAnswer? Of(SagaProgress before, PlanDefinition plan, SagaInput input, DateTimeOffset now)
    {
        if (
            input is not ReplyInput reply
            || OutcomeOf(reply) is not { } outcome
            || before.Steps.FirstOrDefault(step => step.Name == reply.Step) is not { Wait: Wait.Reply, DueAt: { } due } waiting
            || plan.Find(reply.Step) is not { } planned
        )
        {
            return null;
        }

        var took = now - (due - planned.Timeout);
        return new StepAnswer(
            reply.Step,
            planned.Participant,
            WordOf(waiting.CurrentDirection),
            outcome,
            took > TimeSpan.Zero ? took : TimeSpan.Zero
        );
    }

    /// <summary>The word for a direction in the metrics.</summary>
    public static string WordOf(Direction direction) => direction == Decisions.Direction.Undo ? "undo" : "do";

    private static string? OutcomeOf(ReplyInput reply) =>
        reply switch
        {
            StepSucceeded or CompensationSucceeded => "completed",
            StepRejected => "rejected",
            StepFaulted or CompensationFailed or ResultRefused => "faulted",
            _ => null,
        };
}
