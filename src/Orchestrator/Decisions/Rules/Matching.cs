using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>
/// A reply counts only when it answers something that this saga asked, from the participant that was asked (rules S10 and S37).
/// </summary>
internal static class Matching
{
    /// <summary>Whether the reply may count. One of somebody who was not asked is refused; another that may not is recorded.</summary>
    public static bool Accepts(Turn turn, ReplyInput reply, out int index)
    {
        index = turn.Find(reply.Step);
        if (Suspicion(turn, reply, index) is { } suspicion)
        {
            turn.Decide(new Refuse("forged", suspicion));
            return false;
        }

        if (turn[index].StartOrder is null)
        {
            Ignore(turn, reply, "The step has not been started.");
            return false;
        }

        return true;
    }

    public static void Ignore(Turn turn, ReplyInput reply, string why) =>
        turn.Record(
            new HistoryEntry(HistoryTypes.ReplyIgnored, reply.Step, DirectionOf(turn, reply), reply.Attempt, reply.GetType().Name, why)
        );

    // Whoever was asked knows the command's id, which nobody else can guess.
    private static string? Suspicion(Turn turn, ReplyInput reply, int index)
    {
        if (index < 0)
        {
            return "The plan has no such step.";
        }

        if (turn.Planned(index).Signal is not null)
        {
            return "The step waits for a signal; nobody was sent a command.";
        }

        if (reply.CommandId != turn.CommandId(index, DirectionOf(turn, reply)))
        {
            return "The command id is not the one that was sent.";
        }

        return reply.From is { } sender && sender != turn.Planned(index).Participant
            ? $"It came from '{sender}', but '{turn.Planned(index).Participant}' was asked."
            : null;
    }

    private static Direction DirectionOf(Turn turn, ReplyInput reply) =>
        reply switch
        {
            CompensationSucceeded or CompensationFailed => Direction.Undo,
            StepProgressed when turn.Find(reply.Step) is >= 0 and var index && reply.CommandId == turn.CommandId(index, Direction.Undo) =>
                Direction.Undo,
            _ => Direction.Do,
        };
}
