using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>What the rules have in common.</summary>
internal static class Judgement
{
    /// <summary>What was seen is not what the rule says, unless this holds.</summary>
    public static void Must(bool holds, string seen)
    {
        if (!holds)
        {
            throw new RuleBrokenException(seen);
        }
    }

    /// <summary>Has the step done.</summary>
    public static async Task<Answer> Complete(this Trial trial, Command? command = null)
    {
        var answer = await trial.Ask(command ?? trial.Do());
        Must(answer.IsCompleted, $"The command was answered with {answer}.");
        return answer;
    }

    /// <summary>Has the step undone.</summary>
    public static async Task<Answer> UndoIt(this Trial trial, int attempt = 1)
    {
        var answer = await trial.Ask(trial.Undo(attempt));
        Must(answer.IsUndone, $"The compensation was answered with {answer}.");
        return answer;
    }

    public static void MustBeTheSame(Answer first, Answer again, string what) =>
        Must(again.SaysTheSameAs(first), $"First {first}; {what} {again}.");

    /// <summary>Sends a command that must be refused. A copy of an answer that came before is passed over.</summary>
    public static async Task MustRefuse(this Trial trial, Command command, string what, Answer? before = null)
    {
        var answer = await trial.Ask(command);
        if (before is not null && answer.IsCopyOf(before))
        {
            answer = await trial.Next(command.Kind);
        }

        Must(answer.IsFenced, $"{what} was answered with {answer}.");
    }
}
