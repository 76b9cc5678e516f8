using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>Compensations, and commands around them.</summary>
internal static class CompensationRules
{
    private const string Refuse = "Answer such a command with SagaStepFailed, kind 'rejected', code 'fenced', and do nothing.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new(
            "undo",
            "The compensation of what has completed is answered with SagaCompensationCompleted, without nothingToUndo.",
            "Undo the effect, and answer in the same transaction.",
            Undone
        ),
        new(
            "duplicate-undo",
            "A compensation that comes again gets the first answer again.",
            "Remember that the step is undone, and answer again from there.",
            UndoneAgain
        ),
        new(
            "undo-first",
            "A compensation whose command never came is answered with SagaCompensationCompleted and nothingToUndo, each time.",
            "Write a tombstone for saga id and step, and answer that there was nothing.",
            UndoneFirst
        ),
        new(
            "tombstone",
            "A command that comes after its compensation, and never before, is refused: rejected, 'fenced'. So is each later attempt.",
            Refuse + " Keep tombstones as long as a copy may come.",
            RefusedByTombstone
        ),
        new(
            "command-after-undo",
            "A copy of the command that comes after the compensation is refused: rejected, 'fenced'.",
            Refuse,
            RefusedAfter
        ),
        new(
            "undo-at-once",
            "When command and compensation come together, both are answered, and the command is refused from then on.",
            "Lock the row of saga id and step before command and compensation look at it.",
            UndoneAtOnce
        ),
    ];

    private static async Task<string> Undone(Trial trial)
    {
        await trial.Complete();
        var answer = await trial.UndoIt();
        Must(!answer.HasNothingToUndo, $"The step had completed, and its compensation was answered with {answer}.");
        return answer.ToString();
    }

    private static async Task<string> UndoneAgain(Trial trial)
    {
        await trial.Complete();
        var first = await trial.UndoIt();
        MustBeTheSame(first, await trial.Ask(trial.Undo(attempt: 2)), "attempt 2 of the compensation got");
        return "The first answer came again.";
    }

    private static async Task<string> UndoneFirst(Trial trial)
    {
        foreach (var attempt in new[] { 1, 2 })
        {
            var answer = await trial.Ask(trial.Undo(attempt));
            Must(
                answer is { IsUndone: true, HasNothingToUndo: true },
                $"The command never came, and attempt {attempt} of the compensation was answered with {answer}."
            );
        }

        return "SagaCompensationCompleted with nothingToUndo, twice.";
    }

    private static async Task<string> RefusedByTombstone(Trial trial)
    {
        await trial.Ask(trial.Undo());
        await trial.MustRefuse(trial.Do(), "The command behind its compensation");
        await trial.MustRefuse(trial.Do(attempt: 2), "Attempt 2 behind its compensation");
        return "Both attempts were refused.";
    }

    private static async Task<string> RefusedAfter(Trial trial)
    {
        var command = trial.Do();
        var first = await trial.Complete(command);
        await trial.Ask(trial.Undo());
        await trial.MustRefuse(command.Redriven(), "The redriven command", first);
        await trial.MustRefuse(trial.Do(attempt: 2), "Attempt 2", first);
        return "The command was refused.";
    }

    private static async Task<string> UndoneAtOnce(Trial trial)
    {
        var (command, undo) = (trial.Do(), trial.Undo());
        await Task.WhenAll(trial.Send(command), trial.Send(undo));
        var (done, undone) = await trial.Both(CommandKind.Undo);
        Must(undone.IsUndone, $"The compensation was answered with {undone}.");
        await trial.MustRefuse(trial.Do(attempt: 2), "The command, once both had been answered,", done);
        return $"{done}; {undone}; then the command was refused.";
    }
}
