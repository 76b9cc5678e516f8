using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>
/// A reply counts only when it answers something that this saga asked, from the participant that was asked (rules S10 and S37).
/// </summary>
internal static class Matching
{
    /// <summary>Whether the reply may count. One that may not is recorded, and changes nothing.</summary>
    public static bool Accepts(Turn turn, ReplyInput reply, out int index)
    {
        index = turn.Find(reply.Step);
        var why = Objection(turn, reply, index);
        if (why is not null)
        {
            Ignore(turn, reply, why);
        }

        return why is null;
    }

    public static void Ignore(Turn turn, ReplyInput reply, string why) =>
        turn.Record(
            new HistoryEntry(HistoryTypes.ReplyIgnored, reply.Step, DirectionOf(turn, reply), reply.Attempt, reply.GetType().Name, why)
        );

    private static string? Objection(Turn turn, ReplyInput reply, int index)
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

        if (reply.From is { } sender && sender != turn.Planned(index).Participant)
        {
            return $"It came from '{sender}', but '{turn.Planned(index).Participant}' was asked.";
        }

        return turn[index].StartOrder is null ? "The step has not been started." : null;
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
